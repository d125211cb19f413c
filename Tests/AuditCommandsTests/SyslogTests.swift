import AuditCommands
import AuditLog
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// Messages arriving at a collector that speaks TLS on loopback.
@Suite struct SyslogTests {
    @Test func `a frame has its count of bytes, the header of RFC 5424, and the message`() throws {
        let record = try #require(try AuditExamples.records().first)
        let frame = SyslogMessage(
            record,
            host: "agent host\n",
            application: "fedagent",
            process: 42
        ).frame
        let space = try #require(frame.firstIndex(of: 32))
        let count = try #require(Int(String(decoding: frame[..<space], as: UTF8.self)))
        let message = Array(frame[(space + 1)...])
        #expect(message.count == count)
        let header = Array(
            "<85>1 2026-09-21T14:13:20.007Z agenthost fedagent 42 IHE+RFC-3881 - ".utf8
        )
        #expect(message.starts(with: header))
        #expect(message.dropFirst(header.count).starts(with: [0xEF, 0xBB, 0xBF]))
        let body = String(decoding: message.dropFirst(header.count + 3), as: UTF8.self)
        #expect(body == ATNAMessage(record).xml)
    }

    @Test func `a collector with TLS gets every record, framed`() async throws {
        let collector = try await Collector()
        let records = try AuditExamples.records()
        let count = try await SyslogConnection(
            address: SyslogAddress(host: "127.0.0.1", port: collector.port),
            trust: collector.certificate.path
        ).send(records, application: "fedagent")
        #expect(count == Int64(records.count))
        let bytes = try await collector.everything()
        var rest = bytes[...]
        var messages: [String] = []
        while let space = rest.firstIndex(of: 32) {
            let count = try #require(Int(String(decoding: rest[..<space], as: UTF8.self)))
            let start = rest.index(after: space)
            messages.append(String(decoding: rest[start..<start + count], as: UTF8.self))
            rest = rest[(start + count)...]
        }
        #expect(rest.isEmpty)
        #expect(messages.count == records.count)
        for (message, record) in zip(messages, records) {
            #expect(message.hasSuffix(ATNAMessage(record).xml))
        }
    }

    @Test func `a collector of another authority gets nothing`() async throws {
        let (collector, other) = (try await Collector(), try await Collector())
        await #expect(throws: SyslogConnection.Failure.self) {
            try await SyslogConnection(
                address: SyslogAddress(host: "127.0.0.1", port: collector.port),
                trust: other.certificate.path
            ).send(try AuditExamples.records(), application: "fedagent")
        }
        #expect(try await collector.everything().isEmpty)
    }

    @Test func `nobody there is said with the address`() async throws {
        let collector = try await Collector()
        let port = collector.port
        try await collector.close()
        let failure = await #expect(throws: SyslogConnection.Failure.self) {
            try await SyslogConnection(
                address: SyslogAddress(host: "127.0.0.1", port: port),
                trust: collector.certificate.path
            ).send([], application: "fedagent")
        }
        #expect(failure?.description.contains("127.0.0.1:\(port)") == true)
    }

    @Test func `addresses are read with and without a port`() {
        #expect(SyslogAddress(argument: "arr.example")?.port == 6514)
        #expect(SyslogAddress(argument: "arr.example:7000")?.port == 7000)
        for text in ["", ":1", "a:b", "a:0", "a:70000", "a:1:2"] {
            #expect(SyslogAddress(argument: text) == nil, "\(text)")
        }
    }
}
