import DICOMNetworking
import Foundation
import NIOCore
import Testing

/// The receiver against senders that do not keep to the standard.
@Suite struct HostileSenderTests {
    /// What is sent, and the reason of the A-ABORT that answers it.
    static let violations: [(name: String, bytes: [UInt8], reason: UInt8)] = [
        ("garbage", Array("GET / HTTP/1.1".utf8), 1),
        ("zeros", [UInt8](repeating: 0, count: 4096), 1),
        ("a PDU of four gigabytes", [1, 0, 0xFF, 0xFF, 0xFF, 0xFF], 6),
        ("a request that is too short", RequestorUnits.unit(1, [0, 1, 0, 0]), 6),
        ("data before an association", RequestorUnits.data([1, 2], isCommand: true), 2),
        ("a release before an association", RequestorUnits.releaseRequest, 2),
        ("an answer nobody asked for", RequestorUnits.unit(3, [0, 1, 1, 1]), 2),
        (
            "an item longer than its request",
            RequestorUnits.unit(1, [UInt8](repeating: 0x20, count: 68) + [0x10, 0, 0xFF, 0xFF, 1]),
            6
        ),
        (
            "a presentation context with an even number",
            RequestorUnits.associate(contexts: [(2, "1.2", "1.2")]), 6
        ),
        (
            "two contexts of one number",
            RequestorUnits.associate(contexts: [(1, "1.2", "1.2"), (1, "1.2", "1.2")]), 6
        ), ("a UID with letters", RequestorUnits.associate(applicationContext: "1.2.x"), 6),
    ]

    @Test(arguments: violations)
    func `a violation before the association is aborted`(
        name: String,
        bytes: [UInt8],
        reason: UInt8
    ) async throws {
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let answer = try await RawPeer.talk(to: receiver.port) { outbound in
                try await outbound.write(.init(bytes: bytes))
            }
            #expect(answer == [7, 0, 0, 0, 0, 4, 0, 0, 2, reason], "\(name)")
            let record = try await receiver.events.end()
            #expect(record.ending.code == "protocol-violation", "\(record.ending)")
        }
    }

    private static let endlessCommand = (0..<3).flatMap { _ in
        RequestorUnits.data([UInt8](repeating: 0, count: 10_000), isCommand: true, isLast: false)
    }

    /// What is sent inside an association.
    static let insideViolations: [(name: String, bytes: [UInt8])] = [
        ("a context that was not accepted", RequestorUnits.data([1], context: 9, isCommand: true)),
        ("a data set without command", RequestorUnits.data([1, 2], isCommand: false)),
        ("a second request", RequestorUnits.associate()),
        ("a value longer than its PDU", RequestorUnits.unit(4, [0, 0, 0xFF, 0, 1, 3, 0, 0])),
        ("a value of length 1", RequestorUnits.unit(4, [0, 0, 0, 1, 1, 3])),
        ("a PDU over the limit", [4, 0, 0, 0x20, 0, 1]),
        (
            "an element of another group",
            RequestorUnits.data([8, 0, 0, 1, 2, 0, 0, 0, 1, 1], isCommand: true)
        ),
        (
            "an element longer than its command",
            RequestorUnits.data([0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF], isCommand: true)
        ), ("a command without fields", RequestorUnits.data([], isCommand: true)),
        ("a command of any length", endlessCommand),
        (
            "a command inside a data set",
            RequestorUnits.data(RequestorUnits.store(), isCommand: true)
                + RequestorUnits.data(RequestorUnits.store(), isCommand: true)
        ),
    ]

    @Test(arguments: insideViolations)
    func `a violation inside an association is aborted, and nothing stays`(
        name: String,
        bytes: [UInt8]
    ) async throws {
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let answer = try await RawPeer.talk(to: receiver.port) { outbound in
                try await outbound.write(.init(bytes: RequestorUnits.associate() + bytes))
            }
            #expect(answer.first == 2, "\(name): no association was opened")
            #expect(answer.suffix(10).starts(with: [7, 0, 0, 0, 0, 4, 0, 0, 2]), "\(name)")
            let record = try await receiver.events.end()
            #expect(record.ending.code == "protocol-violation", "\(record.ending)")
            #expect(try receiver.files().isEmpty)
        }
    }

    /// Group 0008 of a CT image with another instance UID than the command states.
    private static let otherObject: [UInt8] =
        [8, 0, 0x16, 0, 0x55, 0x49, 26, 0] + Array("1.2.840.10008.5.1.4.1.1.2".utf8) + [0]
        + [8, 0, 0x18, 0, 0x55, 0x49, 12, 0] + Array("1.2.840.99.8".utf8)
        + [8, 0, 0x20, 0, 0x44, 0x41, 8, 0] + Array("20250101".utf8)

    @Test(
        arguments: [
            ([UInt8](0..<64), 0xC000), ([], 0xC000), (otherObject, 0xA900),
        ] as [([UInt8], UInt16)]
    )
    func `objects that are none, or others than stated, get their status`(
        object: [UInt8],
        status: UInt16
    ) async throws {
        let talk =
            RequestorUnits.associate()
            + RequestorUnits.data(RequestorUnits.store(instance: "1.2.840.99.7"), isCommand: true)
            + RequestorUnits.data(object, isCommand: false) + RequestorUnits.releaseRequest
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let answer = try await RawPeer.talk(to: receiver.port) { outbound in
                try await outbound.write(.init(bytes: talk))
            }
            let field: [UInt8] = [
                0, 0, 0, 9, 2, 0, 0, 0, UInt8(status & 255), UInt8(status >> 8),
            ]
            #expect(answer.ranges(of: field).count == 1)
            #expect(answer.suffix(10) == [6, 0, 0, 0, 0, 4, 0, 0, 0, 0])
            #expect(try receiver.files().isEmpty)
        }
    }

    @Test func `an operation that is not known is answered with 0211`() async throws {
        let find = RequestorUnits.command([(0x0100, 0x20), (0x0110, 3), (0x0800, 0x0101)])
        let talk =
            RequestorUnits.associate() + RequestorUnits.data(find, isCommand: true)
            + RequestorUnits.releaseRequest
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let answer = try await RawPeer.talk(to: receiver.port) { outbound in
                try await outbound.write(.init(bytes: talk))
            }
            #expect(answer.ranges(of: [0, 0, 0, 9, 2, 0, 0, 0, 0x11, 0x02]).count == 1)
        }
    }

    @Test func `a connection that is cut leaves nothing behind`() async throws {
        let whole =
            RequestorUnits.associate()
            + RequestorUnits.data(RequestorUnits.store(), isCommand: true)
            + RequestorUnits.data([UInt8](repeating: 7, count: 50_000), isCommand: false)
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            for length in stride(from: 1, to: whole.count - 1, by: 1709) {
                try await RawPeer.hangUp(on: receiver.port, after: Array(whole.prefix(length)))
                let record = try await receiver.events.end()
                #expect(record.stored == 0, "after \(length) bytes")
            }
            #expect(try receiver.files().isEmpty)
        }
    }

    @Test func `slow senders are cut off and others are served meanwhile`() async throws {
        var limits = ReceiverLimits.standard
        limits.requestTime = .seconds(5)
        limits.idleTime = .seconds(5)
        // Nothing at all; part of a request; an association and then silence.
        let starts: [[UInt8]] = [
            [], Array(RequestorUnits.associate().prefix(40)), RequestorUnits.associate(),
        ]
        let polite = RequestorUnits.associate() + RequestorUnits.releaseRequest
        try await RunningReceiver.run(
            policy: try RunningReceiver.policy(limits: limits),
            limits: limits
        ) { receiver in
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for start in starts {
                    group.addTask {
                        try await RawPeer.talk(to: receiver.port) { outbound in
                            if !start.isEmpty { try await outbound.write(.init(bytes: start)) }
                            let other = try await RawPeer.talk(to: receiver.port) { outbound in
                                try await outbound.write(.init(bytes: polite))
                            }
                            #expect(other.suffix(10) == [6, 0, 0, 0, 0, 4, 0, 0, 0, 0])
                        }
                    }
                }
                for try await answer in group {
                    #expect(answer.suffix(10) == [7, 0, 0, 0, 0, 4, 0, 0, 2, 0])
                }
            }
            var endings: [String] = []
            for _ in 0..<6 { endings.append(try await receiver.events.end().ending.code) }
            #expect(
                endings.sorted() == [
                    "idle-time", "released", "released", "released", "request-time", "request-time",
                ]
            )
        }
    }

    @Test func `associations beyond the limit are rejected for now`() async throws {
        var limits = ReceiverLimits.standard
        limits.associationsMax = 1
        try await RunningReceiver.run(
            policy: try RunningReceiver.policy(limits: limits),
            limits: limits
        ) { receiver in
            let first = try await RawPeer.talk(to: receiver.port) { outbound in
                try await outbound.write(.init(bytes: RequestorUnits.associate()))
                _ = try await receiver.events.first { event in
                    if case .opened = event { true } else { nil }
                }
                let second = try await RawPeer.talk(to: receiver.port) { outbound in
                    try await outbound.write(.init(bytes: RequestorUnits.associate()))
                }
                #expect(second == [3, 0, 0, 0, 0, 4, 0, 2, 3, 2])
                try await outbound.write(.init(bytes: RequestorUnits.releaseRequest))
            }
            #expect(first.suffix(10) == [6, 0, 0, 0, 0, 4, 0, 0, 0, 0])
        }
    }
}
