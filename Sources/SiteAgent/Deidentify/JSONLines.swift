import CanonicalJSON
import Foundation

/// A file of one JSON value a line, to which lines are added; only its owner can read it.
struct JSONLines {
    private let url: URL

    init(_ url: URL) { self.url = url }

    /// The values; a last line that was cut short is left out.
    func read<Value: Decodable>(_ type: Value.Type) -> [Value] {
        guard let data = try? Data(contentsOf: url) else { return [] }
        let decoder = JSONDecoder()
        return data.split(separator: 0x0A).compactMap {
            try? decoder.decode(type, from: Data($0))
        }
    }

    /// Adds a line for each value, after a last line that was cut short if there is one.
    func append(_ values: [some Encodable]) throws {
        guard !values.isEmpty else { return }
        var text = Data()
        for value in values { text += try CanonicalEncoder().encode(value) + [0x0A] }
        if !FileManager.default.fileExists(atPath: url.path) {
            _ = FileManager.default.createFile(
                atPath: url.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        }
        let handle = try FileHandle(forUpdating: url)
        defer { try? handle.close() }
        let end = try handle.seekToEnd()
        if end > 0 {
            try handle.seek(toOffset: end - 1)
            let last = try handle.read(upToCount: 1)
            if last != Data([0x0A]) { text = Data([0x0A]) + text }
        }
        try handle.write(contentsOf: text)
    }
}
