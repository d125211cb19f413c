import ArgumentParser
import Durability
import Foundation

/// Where a party's process dies, and where it writes which points it passes.
struct CrashOptions: ParsableArguments {
    @Option(help: "Die at a point, such as commit.done#3, or at the k-th of all: write#17.")
    var crash: String?
    @Option(help: "A file for the names of the points that are passed.")
    var trace: String?

    /// Arms this process.
    func arm() throws {
        guard crash != nil || trace != nil else { return }
        CrashPoint.arm(try crash.map(Self.trigger), trace: trace.map { URL(filePath: $0) })
    }

    private static func trigger(_ text: String) throws -> CrashPoint.Trigger {
        let parts = text.split(separator: "#")
        guard parts.count == 2, let number = Int(parts[1]), number >= 1 else {
            throw ValidationError("--crash is NAME#NUMBER")
        }
        if parts[0] == "write" { return .write(number) }
        guard let point = CrashPoint(rawValue: String(parts[0])) else {
            throw ValidationError("there is no crash point \(parts[0])")
        }
        return .point(point, passing: number)
    }
}
