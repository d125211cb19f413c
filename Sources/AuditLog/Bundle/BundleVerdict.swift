/// What a bundle shows, on one page.
package struct BundleVerdict: Sendable, Hashable {
    /// How it ended; the raw value is the program's exit status.
    package enum Outcome: Int32, Sendable, Hashable {
        case good = 0
        case tampered = 1
        case incomplete = 2
        case unusable = 3
    }

    /// How it ended.
    package var outcome: Outcome
    /// The name of the log.
    package var log = ""
    /// The records that were read.
    package var records: Int64 = 0
    /// Wall time of the first and the last record, milliseconds since 1970.
    package var period: ClosedRange<Int64>?
    /// The size up to which a trusted key signed the log.
    package var signedSize: Int64 = 0
    /// Who cosigned the newest checkpoint, ascending.
    package var witnesses: [String] = []
    /// What is wrong; the first is the cause.
    package var faults: [AuditFault] = []
    /// What is missing, or why the input is of no use, as sentences.
    package var remarks: [String] = []
    /// Records that bear an earlier wall time than the one before, written by one process.
    package var clockSetBack: [Int64] = []

    /// The page.
    package var text: String {
        var lines = ["\(heading): \(log.isEmpty ? "no log" : log)"]
        lines += faults.prefix(20).map { "  \($0.kind.rawValue): \($0.description)" }
        lines += remarks.map { "  \($0)" }
        guard outcome != .unusable else { return lines.joined(separator: "\n") + "\n" }
        if let period {
            lines.append(
                "records: \(records), \(time(period.lowerBound)) to \(time(period.upperBound))"
            )
        } else {
            lines.append("records: \(records)")
        }
        lines.append("signed: the first \(signedSize); the others only link to them")
        let names = witnesses.joined(separator: ", ")
        lines.append("witnesses: \(witnesses.count)\(names.isEmpty ? "" : ": \(names)")")
        if !clockSetBack.isEmpty {
            lines.append(
                "clock set back before \(clockSetBack.count) records, first "
                    + "\(clockSetBack[0]): no proof of tampering"
            )
        }
        lines.append(
            "What this cannot show: acts that were never recorded; the records after the last "
                + "cosignature; the truth of what was recorded."
        )
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: String {
        switch outcome {
        case .good: "GOOD"
        case .tampered: "TAMPERED"
        case .incomplete: "INCOMPLETE"
        case .unusable: "UNUSABLE"
        }
    }

    private func time(_ milliseconds: Int64) -> String {
        // Civil date of the proleptic Gregorian calendar, without a locale or a time zone.
        let seconds = milliseconds / 1000
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let year =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let part = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * part + 2) / 5 + 1
        let month = part < 10 ? part + 3 : part - 9
        let number = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
        return "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(number(month))-\(number(day))T"
            + "\(number(rest / 3600)):\(number(rest / 60 % 60)):\(number(rest % 60))Z"
    }
}
