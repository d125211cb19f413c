import CanonicalJSON
package import Evaluation
package import Federation
package import HeadCT
package import NeuralNetwork
package import Training

extension Plan {
    /// The preprocessing section as `HeadCT` takes it.
    package func preprocessingContract() throws -> PreprocessingContract {
        try PreprocessingContract(
            sliceSpacingMM: preprocessing.sliceSpacingMM,
            pixelSpacingMM: preprocessing.pixelSpacingMM,
            gridSize: preprocessing.gridSize,
            slabDepth: preprocessing.slabDepth,
            windows: preprocessing.windows.map { Window(center: $0.center, width: $0.width) }
        )
    }

    /// The model section as `NeuralNetwork` takes it.
    package func modelDescription() throws -> ModelDescription {
        try CanonicalDecoder().decode(ModelDescription.self, from: model)
    }

    /// The network of the model section, with the training section's threads and loss weights.
    package func network() throws -> Network {
        let weights = localTraining.lossWeights
        return try Network(
            description: try modelDescription(),
            threads: localTraining.threads,
            objective: ObjectiveWeights(
                labels: weights.labels,
                anyLabel: weights.anyLabel,
                maskCrossEntropy: weights.maskCrossEntropy,
                maskDice: weights.maskDice,
                maskPositive: weights.maskPositive
            )
        )
    }

    /// The training section as `Training` takes it.
    package var trainingConfiguration: TrainingConfiguration {
        let optimizer: TrainingConfiguration.Optimizer =
            switch localTraining.optimizer {
            case .sgd: .sgd(momentum: localTraining.momentum)
            case .adam: .adam
            }
        let length: TrainingConfiguration.Length =
            localTraining.stepsPerRound.map { .steps($0) }
            ?? .epochs(localTraining.epochs ?? 1)
        return TrainingConfiguration(
            optimizer: optimizer,
            learningRate: localTraining.learningRate,
            weightDecay: localTraining.weightDecay,
            batchSize: localTraining.batchSize,
            length: length,
            positiveFraction: localTraining.positiveSliceFraction,
            augmentation: localTraining.augment.slabAugmentation,
            proximalWeight: aggregation.proximalWeight ?? 0
        )
    }

    /// The metrics section as `Evaluation` takes it.
    package func metricsRequest() throws -> MetricsRequest {
        MetricsRequest(
            allowed: Set(metrics.allowed.compactMap { MetricKind(rawValue: $0.rawValue) }),
            threshold: metrics.threshold,
            strata: try VolumeStrata(edgesML: metrics.volumeStrataML)
        )
    }
}

extension Augmentation {
    fileprivate var slabAugmentation: SlabAugmentation {
        SlabAugmentation(
            flip: flip,
            rotationDegrees: rotationDegrees,
            scaleFraction: scaleFraction,
            shiftMM: shiftMM,
            offsetHU: offsetHU,
            noiseHU: noiseHU
        )
    }
}
