import CanonicalJSON
import Foundation
import SiteAgent
import SiteStore
import Testing

/// What an auditor can check of a frozen cohort, and what changed between two.
@Suite struct CohortProofTests {
    private static func exams(_ count: Int) -> [CohortExam] {
        (0..<count).map { number in
            CohortExam(
                studyUID: "2.25.\(1000 + number)",
                patient: "P\(number / 2)",
                leaf: String(format: "%064x", number + 1),
                slices: 10,
                positive: number.isMultiple(of: 3)
            )
        }
    }

    private static func cohort(_ exams: [CohortExam], version: Int = 1) throws -> CohortRow {
        let row: [String: Any] = [
            "version": version, "fingerprint": CohortFingerprint(exams).root, "cause": "freeze",
            "exams": exams.count, "patients": Set(exams.map(\.patient)).count,
            "slices": exams.reduce(0) { $0 + $1.slices },
            "labelled": exams.count { $0.positive != nil },
            "positives": exams.count { $0.positive == true }, "frozenMilliseconds": 1,
        ]
        return try JSONDecoder().decode(
            CohortRow.self,
            from: JSONSerialization.data(withJSONObject: row)
        )
    }

    @Test(arguments: [1, 2, 3, 7, 8, 33])
    func `every exam is shown to be in its cohort, and no other exam is`(count: Int) throws {
        let exams = Self.exams(count)
        let cohort = try Self.cohort(exams)
        for exam in exams {
            let proof = try #require(
                CohortProof(of: exam.studyUID, in: cohort, exams: exams.shuffled(), row: nil)
            )
            #expect(proof.holds(under: cohort.fingerprint))
            let other = CohortFingerprint(exams + [Self.exams(count + 1)[count]]).root
            #expect(!proof.holds(under: other))
            let text = String(decoding: try CanonicalEncoder().encode(proof), as: UTF8.self)
            let forged = text.replacing(exam.leaf, with: String(repeating: "e", count: 64))
            let read = try CanonicalDecoder().decode(CohortProof.self, from: Array(forged.utf8))
            #expect(!read.holds(under: cohort.fingerprint))
        }
        #expect(CohortProof(of: "2.25.9", in: cohort, exams: exams, row: nil) == nil)
    }

    @Test func `the order of exams does not change the fingerprint`() {
        let exams = Self.exams(9)
        #expect(CohortFingerprint(exams).root == CohortFingerprint(exams.reversed()).root)
    }

    @Test func `a proof of a real exam carries what its leaf stands for`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let register = CohortRegister(store: try site.store(), folder: site.folder)
        let frozen = try await register.freeze()
        let study = try #require(try await site.store().exams().last).studyUID
        let proof = try await register.proof(of: study, in: 1)
        #expect(proof.holds(under: frozen.fingerprint))
        #expect(proof.entry?.contains(study) == true)
        let error = await #expect(throws: AgentError.self) {
            try await register.proof(of: study, in: 7)
        }
        #expect(error?.code == .badInput && error?.hint?.contains("--versions") == true)
    }

    @Test func `two versions are compared in counts`() throws {
        let before = Self.exams(6)
        var after = Array(Self.exams(8).dropFirst())
        after[0] = CohortExam(
            studyUID: after[0].studyUID,
            patient: after[0].patient,
            leaf: String(repeating: "f", count: 64),
            slices: 12,
            positive: true
        )
        let difference = CohortDifference(
            from: (try Self.cohort(before), before),
            to: (try Self.cohort(after, version: 2), after)
        )
        #expect(difference.added == ["2.25.1006", "2.25.1007"])
        #expect(difference.removed == ["2.25.1000"] && difference.changed == ["2.25.1001"])
        #expect(difference.relabelled == 1 && difference.patientsGone.isEmpty)
        #expect(difference.counts.first { $0.name == "exams" }?.after == 7)
        #expect(difference.text.contains("exams     6 -> 7 (+1)"))
        #expect(difference.text.contains("2 exams added, 1 removed, 1 changed"))
    }
}
