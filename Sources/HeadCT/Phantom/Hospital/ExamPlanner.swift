import Foundation
import Tensors

/// Decides which exams a hospital has, keeping the asked shares exactly.
struct ExamPlanner {
    let hospital: SimulatedHospital
    let seed: UInt64

    /// The exams in the order of their dates.
    func exams() -> [SimulatedExam] {
        var generator = SeededGenerator(seed: seed, stream: "plan")
        let positives = drawn(hospital.prevalence, using: &generator)
        let operated = drawn(hospital.postoperativeFraction, using: &generator)
        let implanted = drawn(hospital.hardwareFraction, using: &generator)
        var findings = findings(count: positives.count, using: &generator)
        // The share is exact like the others: by chance a fifth of ten positives could be invisible.
        let faint = Int((hospital.isodenseFraction * Double(positives.count)).rounded())
        let isodense = Set(generator.shuffled(positives.sorted()).prefix(faint))
        return (0..<hospital.exams).map { index in
            let age = generator.draw(hospital.ageYears[0]...hospital.ageYears[1])
            let isMale = generator.happens(0.52)
            let implant = implanted.contains(index) ? generator.pick(Implant.allCases) : nil
            var lesions: [PlannedLesion] = []
            if positives.contains(index), let finding = findings.popLast() {
                lesions = self.lesions(
                    of: finding,
                    isIsodense: isodense.contains(index),
                    using: &generator
                )
            }
            if operated.contains(index), generator.happens(0.6) {
                lesions.append(expectedBlood(using: &generator))
            }
            return SimulatedExam(
                index: index,
                ageYears: age,
                isMale: isMale,
                lesions: lesions,
                isPostoperative: operated.contains(index),
                implant: implant
            )
        }
    }

    /// The stratum of a total volume in mL, from 0.
    static func stratum(of volumeML: Double, edges: [Double]) -> Int {
        edges.count { volumeML >= $0 }
    }

    /// As many parts of a total as shares ask for, by largest remainders.
    static func apportioned(_ total: Int, by shares: [Double]) -> [Int] {
        let sum = shares.reduce(0, +)
        let exact = shares.map { $0 / sum * Double(total) }
        var parts = exact.map { Int($0.rounded(.down)) }
        let order = exact.indices.sorted { left, right in
            let a = exact[left] - Double(parts[left])
            let b = exact[right] - Double(parts[right])
            return a == b ? left < right : a > b
        }
        for place in order.prefix(total - parts.reduce(0, +)) { parts[place] += 1 }
        return parts
    }

    private func drawn(_ share: Double, using generator: inout SeededGenerator) -> Set<Int> {
        let count = Int((share * Double(hospital.exams)).rounded())
        return Set(generator.shuffled(Array(0..<hospital.exams)).prefix(count))
    }

    /// Main types and strata of the positive exams; tiny volumes go to types that can be tiny.
    private func findings(
        count: Int,
        using generator: inout SeededGenerator
    ) -> [(type: HaemorrhageType, volumeML: Double)] {
        let types = HaemorrhageType.subtypes
        let typeCounts = Self.apportioned(count, by: types.map { hospital.types[$0] ?? 0 })
        var pool = zip(types, typeCounts).flatMap { Array(repeating: $0, count: $1) }
        generator.shuffle(&pool)
        let strata = Self.apportioned(count, by: hospital.volumeMix)
        let volumes = strata.enumerated().flatMap { stratum, number in
            (0..<number).map { _ in volume(inStratum: stratum, using: &generator) }
        }
        var result: [(type: HaemorrhageType, volumeML: Double)] = []
        for volumeML in volumes.sorted() {
            let fitting = pool.firstIndex { Self.range(of: $0).contains(volumeML) }
            let type = fitting.map { pool.remove(at: $0) } ?? pool.removeLast()
            let isPossible = Self.range(of: type).contains(volumeML)
            result.append((isPossible ? type : .intraparenchymal, volumeML))
        }
        return generator.shuffled(result)
    }

    /// The volumes in mL that a type may have.
    private static func range(of type: HaemorrhageType) -> ClosedRange<Double> {
        switch type {
        case .any, .intraparenchymal: 0.02...90
        case .subarachnoid: 0.04...24
        case .intraventricular: 0.05...50
        case .subdural: 0.6...90
        case .epidural: 0.6...80
        }
    }

    private func volume(
        inStratum stratum: Int,
        using generator: inout SeededGenerator
    ) -> Double {
        let edges = [0.02] + hospital.volumeEdgesML + [70]
        let low = edges[stratum] * 1.02
        let high = max(low * 1.01, edges[stratum + 1] * 0.97)
        return generator.drawLogarithmic(low...high)
    }

    private func lesions(
        of finding: (type: HaemorrhageType, volumeML: Double),
        isIsodense: Bool,
        using generator: inout SeededGenerator
    ) -> [PlannedLesion] {
        let density = density(of: finding.type, isIsodense: isIsodense, using: &generator)
        let hasSecond =
            generator.happens(hospital.secondTypeFraction) && finding.volumeML > 1
        guard hasSecond, let second = companion(of: finding.type) else {
            return [
                PlannedLesion(
                    type: finding.type,
                    volumeML: finding.volumeML,
                    hounsfield: density
                )
            ]
        }
        let part = min(8, finding.volumeML * generator.draw(0.12...0.3))
        return [
            PlannedLesion(
                type: finding.type,
                volumeML: finding.volumeML - part,
                hounsfield: density
            ),
            PlannedLesion(
                type: second,
                volumeML: part,
                hounsfield: self.density(
                    of: second,
                    isIsodense: isIsodense,
                    using: &generator
                )
            ),
        ]
    }

    /// The type that most often goes with another.
    private func companion(of type: HaemorrhageType) -> HaemorrhageType? {
        switch type {
        case .any: nil
        case .intraparenchymal: .intraventricular
        case .intraventricular, .subdural, .epidural: .subarachnoid
        case .subarachnoid: .intraventricular
        }
    }

    /// Acute blood within the hospital's range; thin blood in folds is fainter; some is isodense.
    private func density(
        of type: HaemorrhageType,
        isIsodense: Bool,
        using generator: inout SeededGenerator
    ) -> Double {
        let acute = generator.draw(hospital.bloodHU[0]...hospital.bloodHU[1])
        if isIsodense {
            return type == .subdural ? generator.draw(10...24) : generator.draw(40...47)
        }
        return type == .subarachnoid ? max(45, acute - 4) : acute
    }

    private func expectedBlood(using generator: inout SeededGenerator) -> PlannedLesion {
        PlannedLesion(
            type: .subdural,
            volumeML: generator.draw(1...4),
            hounsfield: generator.draw(36...46),
            isExpected: true
        )
    }
}
