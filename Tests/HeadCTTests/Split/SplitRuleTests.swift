import HeadCT
import Testing

struct SplitRuleTests {
    private let patients = (0..<4000).map { "pseudonym-\($0)" }

    private func split(_ patient: String, seed: UInt64 = 7, fraction: Double = 0.25) -> Split {
        SplitRule.split(patientPseudonym: patient, seed: seed, testFraction: fraction)
    }

    @Test func `the share of test patients is about the fraction`() {
        for fraction in [0.1, 0.25, 0.5] {
            let share = Double(patients.count { split($0, fraction: fraction) == .test }) / 4000
            #expect(abs(share - fraction) < 0.03)
        }
    }

    @Test func `nothing and everything are possible`() {
        #expect(patients.allSatisfy { split($0, fraction: 0) == .train })
        #expect(patients.allSatisfy { split($0, fraction: 1) == .test })
    }

    @Test func `a patient's part depends on no other patient`() {
        let before = patients.prefix(100).map { split($0) }
        let after = patients.map { split($0) }.prefix(100)
        #expect(before == Array(after))
    }

    @Test func `a larger fraction keeps those already in the test part`() {
        for patient in patients.prefix(500) where split(patient, fraction: 0.2) == .test {
            #expect(split(patient, fraction: 0.4) == .test)
        }
    }

    @Test func `another seed gives another split`() {
        let moved = patients.count { split($0, seed: 1) != split($0, seed: 2) }
        #expect(moved > 1000)
    }

    // Computed with Python's hashlib: SHA-256 of "head-ct-split/1\0<seed>\0<pseudonym>", first 53
    // bits.
    @Test(
        arguments: [
            ("a", 0, true), ("b", 0, false), ("c", 0, false),
            ("patient-1", 42, true), ("patient-2", 42, false),
            ("Ä", 18446744073709551615, false),
        ] as [(String, UInt64, Bool)]
    )
    func `known pseudonyms fall where another implementation puts them`(
        patient: String,
        seed: UInt64,
        isTest: Bool
    ) {
        #expect((split(patient, seed: seed, fraction: 0.5) == .test) == isTest)
    }
}
