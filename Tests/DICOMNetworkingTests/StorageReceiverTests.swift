import DICOM
import DICOMNetworking
import Foundation
import TestSupport
import Testing

/// The receiver against DCMTK's senders.
@Suite(.enabled(if: DCMTK.isInstalled, Comment(rawValue: DCMTK.absent)))
struct StorageReceiverTests {
    private static let slices = "data/transfer-syntaxes-head"

    @Test func `a C-ECHO is answered`() async throws {
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let echo = try await DCMTK.run("echoscu", port: receiver.port)
            #expect(echo.isSuccess, "\(echo.text)")
            let record = try await receiver.events.end()
            #expect(record.ending == .released && record.peer == "SCANNER")
        }
    }

    /// The option that makes storescu propose the file's own syntax.
    static let syntaxes: [(file: String, option: String)] = [
        ("implicit-le", "-xi"), ("explicit-le", "-xe"), ("explicit-be", "-xb"),
        ("deflated-explicit-le", "-xd"), ("rle", "-xr"), ("jpeg-lossless-sv1", "-xs"),
        ("jpeg-lossless-sv1-multifragment-empty-bot", "-xs"), ("jpegls-lossless", "-xt"),
        ("j2k-lossless", "-xv"), ("j2k-lossy", "-xw"),
    ]

    @Test(
        .enabled(if: SharedData.exists, Comment(rawValue: SharedData.absent)),
        arguments: syntaxes
    )
    func `an object arrives as it was sent, with a header`(
        file: String,
        option: String
    ) async throws {
        let source = SharedData.url("\(Self.slices)/midbrain/\(file).dcm")
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let sent = try await DCMTK.run(
                "storescu",
                port: receiver.port,
                options: [option],
                files: [source]
            )
            #expect(sent.isSuccess && !sent.text.contains("Refused"), "\(sent.text)")
            let record = try await receiver.events.end()
            #expect(record.stored == 1 && record.refused == 0 && record.ending == .released)
            let stored = try #require(try receiver.files().first)
            let original = try DICOMFile(reading: [UInt8](Data(contentsOf: source)))
            let received = try DICOMFile(reading: [UInt8](Data(contentsOf: stored)))
            #expect(received.transferSyntax == original.transferSyntax)
            #expect(received.preamble == [UInt8](repeating: 0, count: 128))
            #expect(!received.anomalies.contains { $0.kind == .wrongGroupLength })
            let mine = try PixelDecoder.decode(received)
            #expect(try PixelDecoder.decode(original).samples == mine.samples)
            #expect(received.dataSet.string(.patientID) == original.dataSet.string(.patientID))
            #expect(!stored.path.contains(original.dataSet.string(.sopInstanceUID) ?? "-"))
        }
    }

    @Test(.enabled(if: SharedData.exists, Comment(rawValue: SharedData.absent)))
    func `the same object twice is one file, and another is replaced`() async throws {
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            var records: [AssociationRecord] = []
            for (option, name) in [("-xe", "explicit-le"), ("-xe", "explicit-le"), ("-xr", "rle")] {
                _ = try await DCMTK.run(
                    "storescu",
                    port: receiver.port,
                    options: [option],
                    files: [SharedData.url("\(Self.slices)/midbrain/\(name).dcm")]
                )
                records.append(try await receiver.events.end())
            }
            #expect(records.map(\.stored) == [1, 0, 1])
            #expect(records.map(\.unchanged) == [0, 1, 0])
            #expect(try receiver.files().count == 1)
        }
    }

    @Test(
        .enabled(if: SharedData.exists, Comment(rawValue: SharedData.absent)),
        arguments: [("jpeg-baseline-8bit", "-xy"), ("jpeg-extended-12bit", "-xx")]
    )
    func `syntaxes that cannot be decoded are not accepted`(
        file: String,
        option: String
    ) async throws {
        let source = SharedData.url("\(Self.slices)/phantom/\(file).dcm")
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let sent = try await DCMTK.run(
                "storescu",
                port: receiver.port,
                options: [option],
                files: [source]
            )
            #expect(!sent.isSuccess, "\(sent.text)")
            #expect(try receiver.files().isEmpty)
        }
    }

    @Test func `unknown titles and addresses are refused, and told apart`() async throws {
        try await RunningReceiver.run(policy: try RunningReceiver.policy()) { receiver in
            let calling = try await DCMTK.run("echoscu", calling: "OTHER", port: receiver.port)
            #expect(calling.text.contains("Calling AE Title Not Recognized"), "\(calling.text)")
            let called = try await DCMTK.run("echoscu", called: "OTHER", port: receiver.port)
            #expect(called.text.contains("Called AE Title Not Recognized"), "\(called.text)")
            #expect(!calling.isSuccess && !called.isSuccess)
            let first = try await receiver.events.end()
            let second = try await receiver.events.end()
            #expect(first.ending == .rejected(.callingTitleNotRecognized))
            #expect(second.ending == .rejected(.calledTitleNotRecognized))
        }
        let elsewhere = try RunningReceiver.policy(address: "192.0.2.0/24")
        try await RunningReceiver.run(policy: elsewhere) { receiver in
            let refused = try await DCMTK.run("echoscu", port: receiver.port)
            #expect(!refused.isSuccess)
            let address = try await receiver.events.first { event in
                if case .addressRefused(let address) = event { address } else { nil }
            }
            #expect(address == "127.0.0.1")
        }
    }

    @Test(.enabled(if: SharedData.exists, Comment(rawValue: SharedData.absent)))
    func `a full disk and an oversize object are refused with A700`() async throws {
        let source = SharedData.url("\(Self.slices)/midbrain/explicit-le.dcm")
        var full = ReceiverLimits.standard
        full.freeBytesMin = .max
        var small = ReceiverLimits.standard
        small.objectBytesMax = 100_000
        for (limits, reason) in [(full, "disk-full"), (small, "object-too-large")] {
            try await RunningReceiver.run(
                policy: try RunningReceiver.policy(),
                limits: limits
            ) { receiver in
                let sent = try await DCMTK.run("storescu", port: receiver.port, files: [source])
                #expect(sent.text.contains("Refused: OutOfResources"), "\(sent.text)")
                let told = try await receiver.events.first { event in
                    guard case .answered(_, .outOfResources, let reason, _) = event else {
                        return String?.none
                    }
                    return reason
                }
                #expect(told.hasPrefix(reason))
                let record = try await receiver.events.end()
                #expect(record.refused == 1 && record.stored == 0)
                #expect(try receiver.files().isEmpty, "nothing half-written stays")
            }
        }
    }

    @Test func `with TLS a sender needs it, and a certificate where one is asked for`() async throws
    {
        let folder = try WebPullTests.Folder()
        let server = try await TestCertificate.make(in: folder.url)
        let client = try await TestCertificate.make(in: folder.url, name: "scanner")
        let anybody = ReceiverTLS(certificate: server.certificate.path, key: server.key.path)
        var known = anybody
        known.clientAuthority = client.certificate.path
        let anonymous = ["+tla", "+cf", server.certificate.path]
        let named = [
            "+tls", client.key.path, client.certificate.path, "+cf", server.certificate.path,
        ]
        let cases: [(ReceiverTLS, [String], Bool)] = [
            (anybody, [], false), (anybody, anonymous, true), (known, anonymous, false),
            (known, named, true),
        ]
        for (index, (tls, options, isLetIn)) in cases.enumerated() {
            try await RunningReceiver.run(
                policy: try RunningReceiver.policy(),
                tls: try tls.context()
            ) { receiver in
                let echo = try await DCMTK.run(
                    "echoscu",
                    port: receiver.port,
                    options: options + ["-to", "10"]
                )
                #expect(echo.isSuccess == isLetIn, "\(index): \(echo.text)")
            }
        }
    }
}
