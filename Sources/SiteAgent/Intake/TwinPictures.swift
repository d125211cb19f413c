import SiteStore

/// The slices that show the same picture as another patient's.
struct TwinPictures {
    /// Studies that share pictures with another patient's.
    private struct Pair: Hashable {
        let study: String
        let patient: String
        let other: String
    }

    /// The number of shared slices by pair.
    private let pairs: [(pair: Pair, slices: Int)]

    init(_ files: [FileRow]) {
        let slices = files.filter { $0.state == .cohort && $0.pixelSHA256 != nil }
        var counts: [Pair: Int] = [:]
        for (_, group) in Dictionary(grouping: slices, by: { $0.pixelSHA256 ?? "" })
        where Set(group.compactMap(\.patient)).count > 1 {
            var pairs: Set<Pair> = []
            for slice in group {
                for twin in group where twin.patient != slice.patient {
                    guard let study = slice.studyUID, let patient = slice.patient,
                        let other = twin.patient
                    else { continue }
                    pairs.insert(Pair(study: study, patient: patient, other: other))
                }
            }
            for pair in pairs { counts[pair, default: 0] += 1 }
        }
        pairs = counts.map { ($0.key, $0.value) }
            .sorted { ($0.0.study, $0.0.other) < ($1.0.study, $1.0.other) }
    }

    /// A finding for each exam and patient it shares pictures with.
    var findings: [FindingRow] {
        pairs.map { pair, slices in
            FindingRow(
                kind: DataCheck.duplicatePatient.rawValue,
                studyUID: pair.study,
                patient: pair.patient,
                detail: "\(slices) slice(s) are the same picture as patient \(pair.other)'s"
            )
        }
    }

    /// A finding for each exam that is trained on while a twin is tested on, under some split rule.
    func leaks(in splits: [String: [String: Bool]]) -> [FindingRow] {
        pairs.filter { pair, _ in
            splits.values.contains { $0[pair.patient] == false && $0[pair.other] == true }
        }.map { pair, slices in
            FindingRow(
                kind: DataCheck.splitLeakage.rawValue,
                studyUID: pair.study,
                patient: pair.patient,
                detail: "\(slices) slice(s) are also patient \(pair.other)'s, who is tested on"
            )
        }
    }
}
