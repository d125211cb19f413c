import CanonicalJSON
import Federation
import Foundation
import TestSupport
import Testing
import WireProtocol

@Suite struct MessageTests {
    static let digest = String(repeating: "0123456789abcdef", count: 4)

    private func vector(_ name: String) throws -> [UInt8] {
        let url = SharedData.repository
            .appending(path: "Tests/WireProtocolTests/Vectors/messages/\(name).json")
        let bytes = [UInt8](try Data(contentsOf: url))
        return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
    }

    private func expectRoundTrip<Message: Codable & Equatable>(
        _ name: String,
        _ message: Message
    ) throws {
        let bytes = try vector(name)
        #expect(try WireCodec.decode(Message.self, from: bytes) == message)
        #expect(try WireCodec.encode(message) == bytes)
    }

    @Test func `work is written and read as its vectors`() throws {
        let digest = try SHA256Digest(validating: Self.digest)
        let run = try RunID(validating: "run-0011223344556677")
        try expectRoundTrip("next-work.response.review-plan", Work.reviewPlan(digest))
        try expectRoundTrip(
            "next-work.response.train",
            Work.train(
                .init(
                    runID: run,
                    round: .first,
                    planSHA256: digest,
                    modelSHA256: digest,
                    modelBytes: 123456,
                    remainingSeconds: 600
                )
            )
        )
        try expectRoundTrip(
            "next-work.response.score",
            Work.score(
                .init(
                    runID: run,
                    planSHA256: digest,
                    modelSHA256: digest,
                    modelBytes: 123456,
                    remainingSeconds: 600
                )
            )
        )
        try expectRoundTrip(
            "next-work.response.run-ended",
            Work.runEnded(run, outcome: "completed")
        )
    }

    @Test func `answers, contributions and failures are written and read as their vectors`() throws
    {
        let digest = try SHA256Digest(validating: Self.digest)
        try expectRoundTrip(
            "answer-plan.request",
            PlanAnswer(decision: .approved, by: "site admin", exams: 42, positiveExams: 12)
        )
        try expectRoundTrip(
            "contribute.request",
            ContributionRequest(
                deltaSHA256: digest,
                bytes: 123456,
                examples: 512,
                meanLoss: 0.25,
                exams: 42,
                positiveExams: 12,
                trainSeconds: 1.5,
                engine: .init(name: "oneDNN", version: "2.6.3", isa: "avx512", threads: 1)
            )
        )
        try expectRoundTrip(
            "contribute.response.rejected",
            ContributionReceipt(status: .rejected, reason: "non-finite")
        )
        try expectRoundTrip(
            "report-failure.request",
            FailureReport(reason: "training-failed", message: "the loss is not finite")
        )
    }

    @Test func `checkpoints are written and read as their vectors`() throws {
        func note(_ log: String) -> String {
            "\(log)\n2\nASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=\n\n"
                + "\u{2014} \(log) AQIDBAU=\n"
        }
        let site = "site/0011223344556677"
        try expectRoundTrip(
            "exchange-checkpoints.request",
            CheckpointReport(
                keys: AuditKeys(
                    log: "\(site)+01020304+AQ==",
                    witness: "demo/site/site-a+01020304+BA=="
                ),
                checkpoint: note(site),
                provenFrom: 1,
                proof: [Self.digest],
                seen: 0,
                cosigned: nil
            )
        )
        try expectRoundTrip(
            "exchange-checkpoints.response",
            CheckpointReply(
                keys: AuditKeys(
                    log: "coordinator+01020304+AQ==",
                    witness: "demo/coordinator+01020304+BA=="
                ),
                isAccepted: true,
                stored: 2,
                cosigned: note(site),
                checkpoint: note("coordinator"),
                provenFrom: 0,
                proof: [],
                witnessed: [
                    .init(
                        keys: ["demo/site/site-b+01020304+BA=="],
                        checkpoint: note("coordinator"),
                        proof: [Self.digest]
                    )
                ]
            )
        )
    }

    @Test func `work of an unknown kind is refused`() {
        let bytes = Array(#"{"kind":"execute","planSHA256":"x"}"#.utf8)
        #expect(throws: JSONError.self) { try WireCodec.decode(Work.self, from: bytes) }
    }
}
