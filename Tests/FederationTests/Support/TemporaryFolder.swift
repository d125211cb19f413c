import Foundation
import Tensors

/// A folder that is removed when the test is over.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes tensors of one dimension and returns the file.
    func write(_ name: String, _ tensors: [(String, [Float])]) throws -> URL {
        let file = url.appending(path: name)
        let named = try NamedTensors(
            tensors.map { ($0.0, Tensor(shape: [$0.1.count], values: $0.1)) }
        )
        try Safetensors.write(named, metadata: ["format": "test"], to: file)
        return file
    }

    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        }
    }
}
