package import HeadCT
package import SiteStore

/// Who is trained on and who is tested on, by patient, for one split rule of plans.
///
/// The hash of the pseudonym decides, and the decision is kept: a patient never changes sides, and
/// a site of few patients, whom the hash may all put on one side, still has one on each.
package struct PatientSplit: Sendable {
    private let store: SiteStore
    private let seed: UInt64
    private let testFraction: Double

    /// The split that a plan's cohort rules name by seed and share of test patients.
    package init(store: SiteStore, seed: UInt64, testFraction: Double) {
        self.store = store
        self.seed = seed
        self.testFraction = testFraction
    }

    /// The side of each patient.
    package func sides(of patients: [String]) async throws -> [String: Split] {
        let rule = "\(seed)/\(testFraction)"
        var known = try await store.sides(ofSplit: rule)
        let present = Set(patients)
        let added = present.subtracting(known.keys).sorted()
        if !added.isEmpty {
            let before = known.filter { present.contains($0.key) }
            known = try await store.keep(sides: sides(of: added, beside: before), ofSplit: rule)
        }
        return Dictionary(
            uniqueKeysWithValues: present.map { ($0, known[$0] == true ? .test : .train) }
        )
    }

    private func sides(of added: [String], beside before: [String: Bool]) -> [String: Bool] {
        var sides: [String: Bool] = [:]
        for patient in added {
            sides[patient] =
                SplitRule.split(
                    patientPseudonym: patient,
                    seed: seed,
                    testFraction: testFraction
                ) == .test
        }
        guard testFraction > 0, testFraction < 1,
            before.count + added.count >= 2
        else { return sides }
        // Pseudonyms are keyed, so that the first one is anybody.
        let all = Array(before.values) + Array(sides.values)
        if !all.contains(true), let first = added.first { sides[first] = true }
        if !all.contains(false), let last = added.last { sides[last] = false }
        return sides
    }
}
