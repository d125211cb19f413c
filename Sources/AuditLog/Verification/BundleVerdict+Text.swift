extension BundleVerdict {
    /// The page: the verdict, what is wrong, what was covered, and what it cannot show.
    package var text: String {
        var lines = ["\(heading): \(log.isEmpty ? "no log" : log)"]
        lines += faults.prefix(20).map { "  \($0.kind.rawValue): \($0.description)" }
        if faults.count > 20 { lines.append("  and \(faults.count - 20) more") }
        lines += remarks.map { "  \($0)" }
        guard outcome != .unusable else { return lines.joined(separator: "\n") + "\n" }
        lines.append("records: \(records)\(period)")
        lines.append(signed)
        lines += witnessed
        lines += stamps.map {
            "time stamp: the first \($0.size) records existed at "
                + CivilTime.text(milliseconds: $0.seconds * 1000)
        }
        lines += seen
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

    private var period: String {
        guard let period = notes.period else { return "" }
        return ", \(CivilTime.text(milliseconds: period.lowerBound)) to "
            + CivilTime.text(milliseconds: period.upperBound)
    }

    private var signed: String {
        signedSize == records
            ? "signed: all"
            : "signed: the first \(signedSize); the others only link to them"
    }

    private var witnessed: [String] {
        guard !witnesses.isEmpty else { return ["witnesses: none for the newest checkpoint"] }
        return ["witnesses of the newest checkpoint: \(witnesses.count)"]
            + witnesses.map {
                "  \($0.name) at \(CivilTime.text(milliseconds: Int64($0.time) * 1000))"
            }
    }

    private var seen: [String] {
        var lines = compared.map { "agrees with \($0)" }
        if let first = notes.alerts.first {
            lines.append("alerts: \(notes.alerts.count) records, first \(first)")
        }
        if let first = notes.clockSetBack.first {
            lines.append(
                "clock set back before \(notes.clockSetBack.count) records, first \(first): "
                    + "no proof of tampering"
            )
        }
        return lines
    }
}
