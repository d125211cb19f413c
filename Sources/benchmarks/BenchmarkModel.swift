import Federation
import Foundation
import Tensors

/// A model of a given size whose numbers come from a seed, written and read in blocks.
struct BenchmarkModel {
    let header: SafetensorsHeader

    /// Eight tensors of about `megabytes` million bytes together.
    init(megabytes: Double) throws {
        let elements = max(8, Int(megabytes * 1e6 / 4))
        let shares = (0..<8).map { elements * ($0 + 1) / 8 - elements * $0 / 8 }
        header = try SafetensorsHeader(
            float32Tensors: shares.enumerated().map { ("layer-\($0)", [$1]) }
        )
    }

    /// Writes numbers within ±0.001 and returns the file's digest.
    func write(to url: URL, seed: UInt64) throws -> SHA256Digest {
        let writer = try SafetensorsWriter(header: header, to: url)
        var generator = SeededGenerator(seed: seed, stream: "model")
        var left = header.elementCount
        var block = [Float](repeating: 0, count: 1 << 16)
        while left > 0 {
            if left < block.count { block.removeLast(block.count - left) }
            for index in block.indices {
                block[index] = Float(generator.nextUniform() - 0.5) * 0.002
            }
            try writer.append(block)
            left -= block.count
        }
        try writer.finish()
        return try SHA256Digest(ofFile: url)
    }
}
