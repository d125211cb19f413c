package import Foundation

/// Where a rule finds what it remembered after the round before, and leaves what it remembers now.
///
/// One safetensors file a quantity beside the model (`state.momentum`, `state.variance` …), laid
/// out as the model, part of the run's state. A file names the round it was written after: a
/// coordinator restored from a backup cannot continue with the momentum of another history unseen.
/// Each round writes new files, so a crash leaves the old ones and the round is computed again, to
/// the same bits.
package struct StrategyState: Sendable, Hashable {
    /// The files after the round before, without their endings; nil before the first round.
    package let previous: URL?
    /// What the previous files must name: the run and the round before.
    package let previousLabel: String
    /// The files to write, without their endings.
    package let next: URL
    /// What they name: the run and this round.
    package let label: String

    /// The state of a run around one round; the files lie in one folder.
    package init(folder: URL, run: RunID, round: RoundNumber) {
        let name = { (number: Int) in "state-\(run.rawValue)-\(number)" }
        previous = round.rawValue > 1 ? folder.appending(path: name(round.rawValue - 1)) : nil
        previousLabel = name(round.rawValue - 1)
        next = folder.appending(path: name(round.rawValue))
        label = name(round.rawValue)
    }

    /// The file that is written of a quantity.
    package func next(_ quantity: String) -> URL { next.appendingPathExtension(quantity) }

    /// The run and round whose state lies in a file of this name; nil of any other file.
    package static func owner(ofFile name: String) -> (run: RunID, round: Int)? {
        guard name.hasPrefix("state-"), let dot = name.firstIndex(of: "."),
            let dash = name[..<dot].lastIndex(of: "-"),
            let round = Int(name[name.index(after: dash)..<dot]),
            let run = RunID(rawValue: String(name[..<dash].dropFirst("state-".count)))
        else { return nil }
        return (run, round)
    }
}
