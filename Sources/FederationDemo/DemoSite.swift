import Foundation
import Yams

/// A site of the demo: its profile's file and its folder.
struct DemoSite: Sendable {
    /// The profile, read only for its id, name and kind of source; the rest is the agent's.
    private struct Profile: Decodable {
        struct Source: Decodable { let kind: String }
        let id: String
        let name: String
        let source: Source
    }

    let id: String
    let name: String
    let isSimulated: Bool
    let profile: URL
    let folder: URL

    /// Finds the sites of a folder, ascending by id.
    ///
    /// - Throws: ``DemoError`` if there is none, or a profile cannot be read.
    static func all(in sites: URL, output: URL) throws -> [DemoSite] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: sites.path)) ?? []
        var found: [DemoSite] = []
        for name in names.sorted() {
            let profile = sites.appending(path: name).appending(path: "site.yaml")
            guard let text = try? String(contentsOf: profile, encoding: .utf8) else { continue }
            do {
                let read = try YAMLDecoder().decode(Profile.self, from: text)
                found.append(
                    DemoSite(
                        id: read.id,
                        name: read.name,
                        isSimulated: read.source.kind == "simulated",
                        profile: profile,
                        folder: output.appending(path: "sites/\(read.id)")
                    )
                )
            } catch {
                throw DemoError("\(profile.path) cannot be read: \(error)")
            }
        }
        guard !found.isEmpty else {
            throw DemoError(
                "\(sites.path) has no <site>/site.yaml",
                hint: "name the folder with --sites; the repository's is Sites"
            )
        }
        return found.sorted { $0.id < $1.id }
    }
}
