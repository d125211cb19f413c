import AuditLog

/// A verdict as JSON, for programs.
struct VerdictDocument: Encodable {
    struct Fault: Encodable {
        let kind: String
        let record: Int64
        let text: String
    }

    struct Witness: Encodable {
        let name: String
        let seconds: UInt64
    }

    struct Stamp: Encodable {
        let records: Int64
        let seconds: Int64
    }

    let verdict: String
    let log: String
    let records: Int64
    let signed: Int64
    let firstMilliseconds: Int64?
    let lastMilliseconds: Int64?
    let faults: [Fault]
    let remarks: [String]
    let witnesses: [Witness]
    let alerts: [Int64]
    let clockSetBackBefore: [Int64]
    let agreesWith: [String]
    let timeStamps: [Stamp]

    init(_ verdict: BundleVerdict) {
        self.verdict =
            switch verdict.outcome {
            case .good: "good"
            case .tampered: "tampered"
            case .incomplete: "incomplete"
            case .unusable: "unusable"
            }
        log = verdict.log
        records = verdict.records
        signed = verdict.signedSize
        firstMilliseconds = verdict.notes.period?.lowerBound
        lastMilliseconds = verdict.notes.period?.upperBound
        faults = verdict.faults.map {
            Fault(kind: $0.kind.rawValue, record: $0.sequence, text: $0.description)
        }
        remarks = verdict.remarks
        witnesses = verdict.witnesses.map { Witness(name: $0.name, seconds: $0.time) }
        alerts = verdict.notes.alerts
        clockSetBackBefore = verdict.notes.clockSetBack
        agreesWith = verdict.compared
        timeStamps = verdict.stamps.map { Stamp(records: $0.size, seconds: $0.seconds) }
    }
}
