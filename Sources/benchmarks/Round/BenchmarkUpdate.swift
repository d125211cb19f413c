import Federation
import Foundation
import Tensors

/// A site's update for every round: one file, of which each round changes the first number.
///
/// The digests are computed beforehand: an agent computes that of its update as part of training,
/// which the benchmark leaves out.
struct BenchmarkUpdate {
    let file: URL
    private let offset: Int
    private var digests: [SHA256Digest] = []

    /// Writes the file and hashes it as each round will have it.
    init(file: URL, megabytes: Double, rounds: Int, seed: UInt64) throws {
        let model = try BenchmarkModel(megabytes: megabytes)
        self.file = file
        offset = model.header.headerBytes
        _ = try model.write(to: file, seed: seed)
        for round in 1...rounds {
            try writeNumber(of: round)
            digests.append(try SHA256Digest(ofFile: file))
        }
    }

    /// Makes the file that of a round and returns its digest.
    func make(for round: RoundNumber) throws -> SHA256Digest {
        try writeNumber(of: round.rawValue)
        return digests[round.rawValue - 1]
    }

    private func writeNumber(of round: Int) throws {
        let handle = try FileHandle(forUpdating: file)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(offset))
        let number = Float(round) / 1_000_000
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
        try handle.write(contentsOf: bytes)
    }
}
