import Foundation
import Tensors

/// The golden vectors beside this file.
enum Vectors {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Vectors")

    static func tensors(_ name: String) throws -> NamedTensors {
        try Safetensors.read(from: folder.appending(path: name + ".safetensors"))
    }

    /// The same numbers as `uniform` in generate.py.
    static func uniform(_ name: String, _ shape: [Int], scale: Double = 1) -> Tensor {
        let seed = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
        }
        let values = (0..<shape.reduce(1, *)).map { index in
            var z = seed &+ UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            z ^= z >> 31
            return Float((Double(z >> 40) / 0x1p23 - 1) * scale)
        }
        return Tensor(shape: shape, values: values)
    }
}

/// The largest difference relative to the largest expected magnitude.
func relativeError(_ found: Tensor, _ expected: Tensor) -> Float {
    precondition(found.count == expected.count)
    let size = expected.values.map(abs).max() ?? 0
    let difference = zip(found.values, expected.values).map { abs($0 - $1) }.max() ?? 0
    return difference / max(size, 1e-6)
}
