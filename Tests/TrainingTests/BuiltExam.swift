import HeadCT
import NeuralNetwork
import Tensors
import Training

/// A small exam: a disc of brain with a brighter square, and a mask of the square where asked for.
struct BuiltExam {
    var id = "2.25.1"
    var any: Bool?
    var lesionSlices: Set<Int> = []
    var masksAreKnown = false
    var sliceLabels: [Int: Bool] = [:]
    var slices = 5
    /// The square lies on the left, so that a flip moves it.
    var lesion = (rows: 12..<18, columns: 8..<14)

    static let size = 32

    func exam() throws -> TrainingExam {
        var images: [CTSlice] = []
        var masks: [String: MaskImage] = [:]
        for z in 0..<slices {
            let classes = (0..<Self.size * Self.size).map { isLesion($0, z) ? UInt8(5) : 0 }
            images.append(try slice(z, classes))
            if masksAreKnown {
                masks["1.2.\(z)"] = try MaskImage(
                    rows: Self.size,
                    columns: Self.size,
                    classes: classes
                )
            }
        }
        var labels: [String: SliceLabels] = [:]
        for (z, value) in sliceLabels {
            labels["1.2.\(z)"] = SliceLabels(values: [.any: value], source: .consensus)
        }
        return TrainingExam(
            id: id,
            volume: try PreparedVolume(
                volume: try CTVolume(slices: images),
                masks: masks,
                contract: try Self.contract()
            ),
            labels: any.map { ExamLabels(values: [.any: $0], source: .consensus) },
            sliceLabels: labels
        )
    }

    static func contract() throws -> PreprocessingContract {
        try PreprocessingContract(
            sliceSpacingMM: 5,
            pixelSpacingMM: 4,
            gridSize: size,
            slabDepth: 5,
            windows: [.brain, .subdural, .bone]
        )
    }

    private func isLesion(_ pixel: Int, _ z: Int) -> Bool {
        lesionSlices.contains(z) && lesion.rows.contains(pixel / Self.size)
            && lesion.columns.contains(pixel % Self.size)
    }

    private func slice(_ z: Int, _ classes: [UInt8]) throws -> CTSlice {
        let half = Double(Self.size - 1) / 2
        let values = classes.enumerated().map { pixel, code -> Int16 in
            let x = Double(pixel % Self.size) - half
            let y = Double(pixel / Self.size) - half
            guard (x * x + y * y).squareRoot() < half - 1 else { return -1000 }
            return code == 0 ? 30 + Int16((pixel * 7 + z * 3) % 5) : 70
        }
        return CTSlice(
            sopInstanceUID: "1.2.\(z)",
            instanceNumber: z,
            plane: try SlicePlane(
                position: SIMD3(-4 * half, -4 * half, Double(z) * 5),
                rowDirection: SIMD3(1, 0, 0),
                columnDirection: SIMD3(0, 1, 0),
                pixelSpacing: PixelSpacing(betweenRows: 4, betweenColumns: 4),
                rows: Self.size,
                columns: Self.size
            ),
            thickness: 5,
            hounsfield: values
        )
    }
}

/// The smallest network that takes these exams.
enum SmallNetwork {
    static let description = ModelDescription.hybrid(
        HybridModel(windows: 3, slabDepth: 5, stemChannels: 8, channels: [8, 16], groups: 4)
    )

    static func network(threads: Int = 1) throws -> Network {
        try Network(description: description, threads: threads)
    }

    static func configuration(
        steps: Int = 6,
        learningRate: Double = 0.01,
        augmentation: SlabAugmentation = .none,
        optimizer: TrainingConfiguration.Optimizer = .adam
    ) -> TrainingConfiguration {
        TrainingConfiguration(
            optimizer: optimizer,
            learningRate: learningRate,
            weightDecay: 0,
            batchSize: 4,
            length: .steps(steps),
            positiveFraction: 0.5,
            augmentation: augmentation
        )
    }

    static func set() throws -> TrainingSet {
        try TrainingSet(exams: [
            BuiltExam(id: "2.25.1", any: true, lesionSlices: [1, 2], masksAreKnown: true).exam(),
            BuiltExam(id: "2.25.2", any: false).exam(),
        ])
    }
}
