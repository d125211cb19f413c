import ArgumentParser
import Durability
import Foundation

/// `killmatrix run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Play the matrix; exit status 1 if anything was lost, counted twice or done again."
    )

    @Option(help: "The folder with <site>/site.yaml and plan.yaml.", completion: .directory)
    var hospitals = "Tests/EndToEndTests/Hospitals"
    @Flag(help: "Every named point once, and a few writes: a few minutes.") var small = false
    @Option(help: "Kill at every k-th write, too.") var every = 1
    @Option(help: "Plays with several kills at random points.") var random = 100
    @Option(help: "Seconds that a killed coordinator may take to work again.")
    var restartLimit = 2.0
    @Option(help: "Only cases whose name contains this.") var only: String?
    @Option(help: "A folder to keep what failed in.") var keep: String?

    func run() async throws {
        let root = URL(filePath: keep ?? NSTemporaryDirectory())
            .appending(path: "kill-matrix-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { if keep == nil { try? FileManager.default.removeItem(at: root) } }
        let template = try await Template.make(
            in: root.appending(path: "template"),
            hospitals: URL(filePath: hospitals)
        )
        let traces = root.appending(path: "traces")
        try FileManager.default.createDirectory(at: traces, withIntermediateDirectories: true)
        let undisturbed = try await MatrixCase(
            template: template,
            folder: root.appending(path: "undisturbed"),
            traces: traces
        ).play()
        guard undisturbed.problems.isEmpty else {
            throw SupervisedParty.Failure(
                description: "without a kill: \(undisturbed.problems.joined(separator: "; "))"
            )
        }
        print("undisturbed: \(undisturbed.seconds) s, model \(undisturbed.model)")
        try await playKeyExchange(template, root, reference: undisturbed.model)
        let plan = MatrixPlan(
            coordinator: try MatrixPlan.points(in: traces.appending(path: "coordinator.trace")),
            site: template.sites[0],
            agent: try MatrixPlan.points(
                in: traces.appending(path: "\(template.sites[0]).trace")
            )
        )
        var cases = small ? plan.small : plan.full(every: every, random: random)
        if let only {
            cases = cases.filter { $0.contains { $0.value.contains { $0.contains(only) } } }
        }
        try await play(cases, template, root, reference: undisturbed.model)
        let unseen = plan.unseen
        if !unseen.isEmpty {
            print("never passed: \(unseen.map(\.rawValue).joined(separator: " "))")
            throw ExitCode.failure
        }
    }

    /// Both keys of the authority are exchanged during the run, and no site is touched.
    private func playKeyExchange(
        _ template: Template,
        _ root: URL,
        reference: String
    ) async throws {
        let play = try await MatrixCase(
            template: template,
            folder: root.appending(path: "exchange"),
            exchangesKeys: true
        ).play()
        guard play.problems.isEmpty, play.model == reference else {
            throw SupervisedParty.Failure(
                description: "with keys exchanged: model \(play.model) instead of \(reference); "
                    + play.problems.joined(separator: "; ")
            )
        }
        print("issuing key and root exchanged during the run: \(play.seconds) s, the same model")
    }

    private func play(
        _ cases: [[Party: [String]]],
        _ template: Template,
        _ root: URL,
        reference: String
    ) async throws {
        var tally = MatrixTally(reference: reference, restartLimit: restartLimit)
        for (number, triggers) in cases.enumerated() {
            let folder = root.appending(path: "case-\(number)")
            let play = MatrixCase(template: template, folder: folder, triggers: triggers)
            tally.add(play.name, await Result { try await play.play() })
            if tally.lastFailed, keep != nil { continue }
            try? FileManager.default.removeItem(at: folder)
        }
        print(tally.text)
        if !tally.failures.isEmpty { throw ExitCode.failure }
    }
}

extension Result where Failure == any Error {
    /// What `body` returns or throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
