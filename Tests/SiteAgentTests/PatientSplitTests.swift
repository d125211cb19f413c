import Foundation
import HeadCT
import SiteAgent
import SiteStore
import Testing

@Suite struct PatientSplitTests {
    private static func split(seed: UInt64 = 1, fraction: Double = 0.4) throws -> PatientSplit {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        return PatientSplit(
            store: try SiteStore(at: file),
            seed: seed,
            testFraction: fraction
        )
    }

    @Test func `two patients are one on each side, whatever the hash says`() async throws {
        for seed in 1...20 {
            let sides = try await Self.split(seed: UInt64(seed)).sides(of: ["PA", "PB"])
            #expect(Set(sides.values) == [.train, .test], "seed \(seed)")
        }
    }

    @Test func `patients keep their side when others come and go`() async throws {
        let split = try Self.split()
        let names = (0..<60).map { "P\($0)" }
        var known: [String: Split] = [:]
        for count in [1, 2, 3, 10, 60] {
            let sides = try await split.sides(of: Array(names.prefix(count)))
            #expect(sides.count == count)
            for (patient, side) in known where count > 1 { #expect(sides[patient] == side) }
            known = sides
        }
        let share = Double(known.values.count { $0 == .test }) / 60
        #expect(abs(share - 0.4) < 0.2)
        let few = try await split.sides(of: Array(names.suffix(5)))
        for (patient, side) in few { #expect(known[patient] == side) }
    }

    @Test func `many patients are split as the rule says`() async throws {
        let names = (0..<50).map { "P\($0)" }
        let sides = try await Self.split(seed: 9).sides(of: names)
        for name in names {
            #expect(
                sides[name]
                    == SplitRule.split(patientPseudonym: name, seed: 9, testFraction: 0.4)
            )
        }
    }

    @Test func `a rule without test patients has none`() async throws {
        let sides = try await Self.split(fraction: 0).sides(of: ["PA", "PB", "PC"])
        #expect(Set(sides.values) == [.train])
    }
}
