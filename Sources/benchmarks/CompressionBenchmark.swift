import ArgumentParser
import CanonicalJSON
import Federation
import Foundation
import HeadCT
import NeuralNetwork
import SiteAgent
import SiteStore
import Tensors
import Training

/// Trains a small federation once with each form of update: `benchmarks compression`.
struct CompressionBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compression",
        abstract: "Size of an update, and what its form does to training on phantoms."
    )

    /// One form.
    struct Result: Encodable {
        /// The form, and the share for topK.
        let form: String
        /// Bytes of one update.
        let bytes: Int
        /// Bytes by those without compression.
        let sizeRatio: Double
        /// Mean training loss of the last round over all sites.
        let loss: Double
        /// That loss by the one without compression.
        let lossRatio: Double
        /// Distance to the model without compression, by how far that one moved.
        let distance: Double

        private enum CodingKeys: String, CodingKey {
            case form, bytes, loss, distance
            case sizeRatio = "size_ratio"
            case lossRatio = "loss_ratio"
        }
    }

    @Option(help: "The plan whose network and training are used.") var plan = "Sites/plan.yaml"
    @Option(help: "Sites.") var sites = 3
    @Option(help: "Exams a site.") var exams = 16
    @Option(help: "Rounds.") var rounds = 8
    @Flag(help: "Write one JSON object a form.") var json = false

    func validate() throws {
        guard (1...20).contains(sites), (2...200).contains(exams), (1...200).contains(rounds) else {
            throw ValidationError("--sites is 1 to 20, --exams 2 to 200, --rounds 1 to 200")
        }
    }

    func run() async throws {
        let plan = try Plan.parse(yaml: String(contentsOf: URL(filePath: plan), encoding: .utf8))
        let root = FileManager.default.temporaryDirectory.appending(path: "compression-\(UUID())")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        var sets: [TrainingSet] = []
        for number in 0..<sites {
            sets.append(try await hospital(number, plan, root.appending(path: "\(number)")))
        }
        let forms: [CompressionRules?] = [
            nil, CompressionRules(.float16), CompressionRules(.bfloat16), CompressionRules(.int8),
            CompressionRules(.topK, fraction: 0.1), CompressionRules(.topK, fraction: 0.01),
        ]
        var plain: (model: NamedTensors, loss: Double, bytes: Int)?
        let start = try plan.modelDescription().initialParameters(seed: plan.seed)
        for form in forms {
            let trained = try train(form, from: start, plan, sets, root)
            let reference = plain ?? trained
            plain = reference
            let moved = (reference.model - start).l2Norm
            try show(
                Result(
                    form: Self.name(form),
                    bytes: trained.bytes,
                    sizeRatio: Double(trained.bytes) / Double(reference.bytes),
                    loss: trained.loss,
                    lossRatio: trained.loss / reference.loss,
                    distance: (trained.model - reference.model).l2Norm / moved
                )
            )
        }
    }

    private static func name(_ form: CompressionRules?) -> String {
        guard let form else { return "float32" }
        return form.encoding.rawValue + (form.fraction.map { " \($0)" } ?? "")
    }

    private func show(_ result: Result) throws {
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        } else {
            let size = String(format: "%.3f", result.sizeRatio)
            let loss = String(format: "%.4f (x %.3f)", result.loss, result.lossRatio)
            let distance = String(format: "%.3f", result.distance)
            print(
                "\(result.form): \(result.bytes) B (x \(size)), loss \(loss), model off \(distance)"
            )
        }
    }

    /// Rounds of FedAvg over files, as the coordinator does them.
    private func train(
        _ form: CompressionRules?,
        from start: NamedTensors,
        _ plan: Plan,
        _ sets: [TrainingSet],
        _ root: URL
    ) throws -> (model: NamedTensors, loss: Double, bytes: Int) {
        let trainer = LocalTrainer(
            network: try plan.network(),
            configuration: plan.trainingConfiguration
        )
        let (global, next) = (root.appending(path: "model"), root.appending(path: "next"))
        var (model, loss, bytes) = (start, 0.0, 0)
        var residuals = [NamedTensors?](repeating: nil, count: sets.count)
        for round in 1...rounds {
            try Safetensors.write(model, to: global)
            var updates: [WeightedUpdate] = []
            loss = 0
            for (number, set) in sets.enumerated() {
                let name = String(format: "site-%02d", number)
                let result = try trainer.train(
                    from: model,
                    on: set,
                    seed: plan.seed,
                    stream: [name, "round", "\(round)"]
                ) { _ in }
                loss += result.meanLoss / Double(sets.count)
                let update = try UpdateEncoder(form).encode(
                    result.parameters - model,
                    residual: residuals[number]
                )
                residuals[number] = update.residual
                bytes = update.bytes.count
                let file = root.appending(path: name)
                try Data(update.bytes).write(to: file)
                updates.append(
                    WeightedUpdate(
                        site: try SiteID(validating: name),
                        file: file,
                        weight: Double(result.examples),
                        compression: form
                    )
                )
            }
            _ = try FedAvg().aggregate(updates, onto: global, writing: next)
            model = try Safetensors.read(from: next)
        }
        return (model, loss, bytes)
    }

    /// The training exams of a simulated hospital, taken in as a site does it.
    private func hospital(_ number: Int, _ plan: Plan, _ root: URL) async throws -> TrainingSet {
        let folder = SiteFolder(root.appending(path: "site"))
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let given = root.appending(path: "given.yaml")
        let text = """
            {id: site-\(number), name: Phantoms, approval: {mode: declared},
             source: {kind: folder, path: hospital/dicom}, deidentification: {faces: keep},
             labels: {format: plain-csv, path: hospital/labels},
             masks: {format: png, path: hospital/masks},
             disclosure: {minimumCell: 1, minimumPositives: 1, minimumNegatives: 1}}
            """
        try Data(text.utf8).write(to: given)
        var hospital = SimulatedHospital()
        hospital.exams = exams
        hospital.prevalence = 0.4
        hospital.scanner.sliceThicknessMM = 8
        hospital.scanner.matrix = 96
        _ = try hospital.write(
            to: root.appending(path: "hospital"),
            siteID: "site-\(number)",
            seed: plan.seed
        )
        let profile = try SiteProfile.read(from: given).resolved(against: root)
        try await SiteSetup.create(in: folder, profile: profile)
        let store = try SiteAudit.store(of: folder)
        _ = try await SiteIntake(
            folder: folder,
            profile: profile,
            softwareVersion: SoftwareVersion.current,
            rest: .zero
        ) { _ in }.run(into: store)
        let loader = CohortLoader(folder: folder, contract: try plan.preprocessingContract())
        return try TrainingSet(exams: try loader.load(try await store.exams()))
    }
}
