import Foundation
import Subprocess
import TestSupport

/// The package's targets and what each depends on, as `swift package describe` tells.
struct TargetGraph {
    private struct Description: Decodable {
        struct Target: Decodable {
            let name: String
            let target_dependencies: [String]?
            let product_dependencies: [String]?
        }
        let targets: [Target]
    }

    private let targets: [String: [String]]
    private let products: [String: [String]]

    /// Asks SwiftPM, in a scratch folder of its own so that a running build is not waited for.
    static func read() async throws -> TargetGraph {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "describe-package")
        let result = try await Subprocess.run(
            .name("swift"),
            arguments: [
                "package", "--package-path", SharedData.repository.path, "--scratch-path",
                scratch.path, "describe", "--type", "json",
            ],
            output: .bytes(limit: 8 << 20),
            error: .discarded
        )
        let description = try JSONDecoder().decode(
            Description.self,
            from: Data(result.standardOutput)
        )
        return TargetGraph(
            targets: Dictionary(
                uniqueKeysWithValues: description.targets.map {
                    ($0.name, $0.target_dependencies ?? [])
                }
            ),
            products: Dictionary(
                uniqueKeysWithValues: description.targets.map {
                    ($0.name, $0.product_dependencies ?? [])
                }
            )
        )
    }

    /// Every target a target reaches, itself included.
    func reach(of target: String) -> Set<String> {
        var found: Set<String> = []
        var open = [target]
        while let next = open.popLast() {
            if found.insert(next).inserted { open += targets[next] ?? [] }
        }
        return found
    }

    /// Every product of other packages that a target reaches.
    func products(of target: String) -> Set<String> {
        Set(reach(of: target).flatMap { products[$0] ?? [] })
    }

    /// All targets.
    var names: [String] { targets.keys.sorted() }
}
