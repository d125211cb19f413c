import Crypto
import Foundation

/// A smooth random displacement of the cut, from a secret: the cut tells nothing about the face.
struct CutEdge: Sendable {
    private let waves: [(frequency: SIMD2<Double>, phase: Double, amplitude: Double)]
    private let key: SymmetricKey

    /// Derives an edge from the site's secret and the name of the study.
    init(key: SymmetricKey, study: String) {
        var bytes: [UInt8] = []
        for counter in 0..<4 {
            let label = Array("face-edge/\(counter)/".utf8) + Array(study.utf8)
            bytes += HMAC<SHA256>.authenticationCode(for: label, using: key)
        }
        func unit(_ place: Int) -> Double {
            (Double(bytes[2 * place]) * 256 + Double(bytes[2 * place + 1])) / 65536
        }
        waves = (0..<8).map { wave in
            let angle = unit(4 * wave) * 2 * .pi
            let length = 14 + 40 * unit(4 * wave + 1)
            let turn = 2 * .pi / length
            return (
                SIMD2(cos(angle) * turn, sin(angle) * turn), unit(4 * wave + 2) * 2 * .pi,
                0.5 + unit(4 * wave + 3)
            )
        }
        let tail = HMAC<SHA256>.authenticationCode(
            for: Array(("face-noise/" + study).utf8),
            using: key
        )
        self.key = SymmetricKey(data: Data(tail))
    }

    /// The displacement at a place of the cut, 0 to `range` mm; always towards more removal.
    func depth(_ u: Double, _ v: Double, range: Double) -> Double {
        var sum = 0.0
        var total = 0.0
        for wave in waves {
            sum += wave.amplitude * cos(wave.frequency.x * u + wave.frequency.y * v + wave.phase)
            total += wave.amplitude
        }
        return range * min(1, max(0, 0.5 + sum / total))
    }

    /// A generator for the noise of one slice.
    func noise(ofSlice name: String) -> some RandomNumberGenerator {
        let code = HMAC<SHA256>.authenticationCode(for: Array(name.utf8), using: key)
        let state = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return SplitMix(state: state)
    }

    /// Sebastiano Vigna's SplitMix64, public domain.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
    }
}
