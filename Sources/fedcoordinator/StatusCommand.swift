import ArgumentParser
import CoordinatorServer
import Evaluation

/// `fedcoordinator status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Whether the folder is served, its runs, what it keeps, and whether there is room."
    )

    @OptionGroup var options: CoordinatorOptions

    func run() async throws {
        try await reporting {
            let status = try await options.operation().status()
            if options.json { return try printJSON(status) }
            let runs = status.runs.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            let free = status.freeBytes.map { FigureText.bytes($0) } ?? "unknown"
            print(
                """
                served    \(status.isServed ? "yes" : "no")
                runs      \(runs.isEmpty ? "none" : runs.joined(separator: ", "))
                kept      \(status.keptBlobs) models and updates, \
                \(FigureText.bytes(status.keptBytes))
                deleted   \(status.deletedBlobs) that nobody needed any more
                uploads   \(FigureText.bytes(status.uploadBytes)) in progress
                spare     \(FigureText.bytes(status.spareBytes)) to be overwritten
                free      \(free)\(status.isReadOnly ? ": TOO LITTLE, no update is taken" : "")
                audit     \(status.auditRecords) records
                """
            )
        }
    }
}
