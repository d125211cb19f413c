import Federation
import Foundation
import TestSupport

/// A plan for tests, and small changes of it; the repository's own plan may be tuned freely.
enum TestPlan {
    static let yaml = """
        schema: fed-headct-plan/1
        name: demo-haemorrhage
        description: >-
          Find intracranial haemorrhage of five types on non-contrast head CT and outline it.
          A demonstration on simulated hospitals; not for diagnosis.
        seed: 20180912

        cohort:
          minimumExams: 4
          requireMasks: false
          splitTestFraction: 0.4
          splitSeed: 1

        preprocessing:
          sliceSpacingMM: 5
          pixelSpacingMM: 4
          gridSize: 64
          slabDepth: 5
          windows:
            - {name: brain, center: 40, width: 80}
            - {name: subdural, center: 80, width: 200}
            - {name: bone, center: 600, width: 2800}

        model:
          architecture: hybrid
          channels: [8, 16, 32]

        localTraining:
          optimizer: adam
          learningRate: 0.003
          batchSize: 8
          stepsPerRound: 20
          threads: 1
          positiveSliceFraction: 0.5
          augment:
            flip: true
          lossWeights:
            maskCrossEntropy: 1
            maskDice: 1
            labels: 1
            anyLabel: 2

        rounds: 5

        quorum:
          sites: 3
          examShare: 0.5

        deadlineSeconds: 120
        scoreDeadlineSeconds: 300
        stragglers: close

        aggregation:
          strategy: fedavg
          weighting: examples

        updateValidation:
          maximumNorm: 1000
          maximumAbs: 100

        metrics:
          allowed: [trainingLoss, counts, examAUROC, operatingPoint, byType, volumeStrata, dice, tileAUROC]
          threshold: 0.5
          volumeStrataML: [0.1, 5, 25]
          scorePooling:
            method: topMean
            topSlices: 3

        baseline:
          localOnly: true

        """

    static func plan() throws -> Plan { try Plan.parse(yaml: yaml) }

    /// The plan that the demo runs.
    static func ofTheRepository() throws -> Plan {
        let url = SharedData.repository.appending(path: "Sites/plan.yaml")
        return try Plan.parse(yaml: try String(contentsOf: url, encoding: .utf8))
    }

    /// The problems of the plan with some lines replaced.
    static func problems(replacing changes: [(String, String)]) -> [String] {
        var text = yaml
        for (old, new) in changes {
            precondition(text.contains(old), "the plan has no line '\(old)'")
            text = text.replacingOccurrences(of: old, with: new)
        }
        do throws(PlanError) {
            _ = try Plan.parse(yaml: text)
            return []
        } catch {
            return error.problems.map { "\($0.code.rawValue) \($0.path)" }
        }
    }
}
