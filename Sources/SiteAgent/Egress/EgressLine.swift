package import SiteStore

/// A message that left, with the plan it left under and who approved that.
package struct EgressLine: Sendable, Hashable, Encodable {
    /// Its place in the ledger, from 1.
    package let number: Int64
    /// When it was about to leave, milliseconds since 1970.
    package let milliseconds: Int64
    /// The message's name in Protocol.md section 4.
    package let kind: String
    /// The body's size.
    package let bytes: Int
    /// SHA-256 of the body, 64 hexadecimal digits.
    package let sha256: String
    /// The coordinator's host and port.
    package let recipient: String
    /// The SHA-256 of the plan; nil for a message without one.
    package let plan: String?
    /// `policy` or `site admin`; nil where nobody had approved the plan when the line is read.
    package let approvedBy: String?
    /// When, milliseconds since 1970.
    package let approvedMilliseconds: Int64?

    /// The ledger with its approvals, oldest first.
    package static func all(in store: SiteStore) async throws -> [EgressLine] {
        var answers: [String: PlanAnswerRow] = [:]
        for digest in try await store.planDigests() {
            answers[digest] = try await store.answer(toPlan: digest)
        }
        return try await store.egress().map { record in
            let answer = record.plan.flatMap { answers[$0] }
            let approval = answer?.decision == "approved" ? answer : nil
            return EgressLine(record, approval)
        }
    }

    private init(_ record: EgressRecord, _ approval: PlanAnswerRow?) {
        number = record.number ?? 0
        milliseconds = record.milliseconds
        kind = record.kind
        bytes = record.bytes
        sha256 = record.sha256
        recipient = record.recipient
        plan = record.plan
        approvedBy = approval?.decidedBy
        approvedMilliseconds = approval?.answeredMilliseconds
    }
}

/// How much left, by kind.
package struct EgressTotal: Sendable, Hashable, Encodable {
    /// The message's name in Protocol.md section 4.
    package let kind: String
    /// How many left.
    package let messages: Int
    /// The bytes of their bodies.
    package let bytes: Int

    /// The totals of lines, by kind in alphabetical order.
    package static func byKind(_ lines: [EgressLine]) -> [EgressTotal] {
        Dictionary(grouping: lines, by: \.kind).sorted { $0.key < $1.key }.map { kind, lines in
            EgressTotal(
                kind: kind,
                messages: lines.count,
                bytes: lines.reduce(0) { $0 + $1.bytes }
            )
        }
    }
}
