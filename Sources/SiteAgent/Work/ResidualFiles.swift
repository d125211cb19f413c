import Federation
import Foundation
import Tensors

/// What compression left out of a run's updates, for its next round (error feedback).
///
/// One file a round: a round that is trained again after a crash begins with what it began with.
struct ResidualFiles: Sendable {
    /// How the files' names begin.
    static let prefix = "residual."

    private let folder: URL
    private let start: String

    /// The files of a run in a site's outbox.
    init(_ folder: SiteFolder, _ run: RunID) {
        self.folder = folder.outbox
        start = "\(Self.prefix)\(run.rawValue)."
    }

    /// What the newest round before `round` left; nil if there was none.
    ///
    /// - Throws: a `TensorError` for a file that cannot be read: without it the round would be another.
    func before(_ round: RoundNumber) throws -> NamedTensors? {
        guard let newest = rounds().filter({ $0 < round.rawValue }).max() else { return nil }
        return try Safetensors.read(from: url(newest))
    }

    /// Keeps what a round left, durably; the same round again writes the same.
    func keep(_ residual: NamedTensors, after round: RoundNumber) throws {
        try Safetensors.write(residual, to: url(round.rawValue))
    }

    /// Removes what no later round reads, once `round` was answered.
    func prune(before round: RoundNumber) {
        for old in rounds() where old < round.rawValue {
            try? FileManager.default.removeItem(at: url(old))
        }
    }

    /// Removes all of the run.
    func removeAll() {
        for round in rounds() { try? FileManager.default.removeItem(at: url(round)) }
    }

    private func url(_ round: Int) -> URL { folder.appending(path: "\(start)\(round).safetensors") }

    private func rounds() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix(start), name.hasSuffix(".safetensors") else { return nil }
            return Int(name.dropFirst(start.count).dropLast(".safetensors".count))
        }
    }
}
