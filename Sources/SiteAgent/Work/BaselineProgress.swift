import Foundation
import Tensors

/// The rounds of a local-only baseline that are done, as a file that is replaced whole.
struct BaselineProgress {
    private let url: URL
    private let identity: String

    init(_ url: URL, identity: String) {
        self.url = url
        self.identity = identity
    }

    /// The last finished round of this very baseline and the weights after it; nil if none is.
    func latest() -> (round: Int, parameters: NamedTensors)? {
        guard let file = try? SafetensorsFile(url, limits: .standard),
            file.header.metadata["identity"] == identity,
            let round = file.header.metadata["round"].flatMap({ Int($0) }),
            let parameters = try? Safetensors.read(from: url)
        else { return nil }
        return (round, parameters)
    }

    /// Keeps a finished round in place of the one before.
    func keep(_ parameters: NamedTensors, round: Int) throws {
        try Safetensors.write(
            parameters,
            metadata: ["identity": identity, "round": "\(round)"],
            to: url
        )
    }
}
