/// One line of a table of detections by stratum: the federated beside the local-only model.
package struct DetectionRow: Sendable, Hashable {
    /// The stratum, or `all volumes` where all have the same reason.
    package let label: String
    /// The federated model's rate.
    package let federated: Reported<RateEstimate>
    /// The local-only model's rate.
    package let localOnly: Reported<RateEstimate>

    /// The volume strata of a site that have cases, one line where all are withheld alike.
    package static func volumes(of site: SiteComparison) -> [DetectionRow] {
        let federated = site.federated.flatMap(\.volumeStrata)
        let local = site.localOnly.flatMap(\.volumeStrata)
        let count = max(federated.value?.count ?? 0, local.value?.count ?? 0)
        let rows = (0..<count).compactMap { index -> DetectionRow? in
            let first = federated.value?[index]
            let second = local.value?[index]
            guard let known = first ?? second, known.total != .value(Count(0)) else { return nil }
            return DetectionRow(
                label: known.label,
                federated: federated.flatMap { $0[index].sensitivity },
                localOnly: local.flatMap { $0[index].sensitivity }
            )
        }
        let reasons = Set(rows.map { [$0.federated.withheld, $0.localOnly.withheld] })
        if let only = reasons.first, reasons.count == 1, !only.contains(nil), let row = rows.first {
            return [
                DetectionRow(
                    label: "all volumes",
                    federated: row.federated,
                    localOnly: row.localOnly
                )
            ]
        }
        guard rows.isEmpty else { return rows }
        return [
            DetectionRow(
                label: "all volumes",
                federated: federated.flatMap { _ in .withheld(.noCases) },
                localOnly: local.flatMap { _ in .withheld(.noCases) }
            )
        ]
    }
}
