import Foundation
package import Tensors

extension TrainingCheckpoint {
    /// The checkpoint as one safetensors content: tensors under `parameters.` and `optimizer.`, all
    /// else as exact bits in the metadata.
    ///
    /// - Parameter identity: Names the piece of training; only it may go on from here.
    /// - Returns: What to write.
    package func content(identity: String) -> (tensors: NamedTensors, metadata: [String: String]) {
        var tensors = NamedTensors()
        for (prefix, part) in [("parameters.", parameters), ("optimizer.", optimizer)] {
            for name in part.names { tensors[prefix + name] = part[name] }
        }
        let words = [UInt64(step), lossSum.bitPattern] + generator.saved
        return (
            tensors,
            [
                "identity": identity,
                "state": words.map { String($0, radix: 16) }.joined(separator: " "),
            ]
        )
    }

    /// Reads a content back; nil unless it is a checkpoint of the piece of training named.
    package init?(tensors: NamedTensors, metadata: [String: String], identity: String) {
        let words = (metadata["state"] ?? "").split(separator: " ").compactMap {
            UInt64($0, radix: 16)
        }
        guard metadata["identity"] == identity, words.count == 8, let step = Int(exactly: words[0]),
            let generator = SeededGenerator(saved: Array(words[2...]))
        else { return nil }
        self.init(
            step: step,
            lossSum: Double(bitPattern: words[1]),
            parameters: Self.part(of: tensors, "parameters."),
            optimizer: Self.part(of: tensors, "optimizer."),
            generator: generator
        )
    }

    private static func part(of tensors: NamedTensors, _ prefix: String) -> NamedTensors {
        var part = NamedTensors()
        for name in tensors.names where name.hasPrefix(prefix) {
            part[String(name.dropFirst(prefix.count))] = tensors[name]
        }
        return part
    }
}
