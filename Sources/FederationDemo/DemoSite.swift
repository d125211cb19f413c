import Federation
import Foundation
import Yams

/// A site of the demo: its profile's file and its folder.
struct DemoSite: Sendable {
    /// The profile, read only for its id, name and source; the rest is the agent's.
    private struct Profile: Decodable {
        struct Source: Decodable {
            let kind: String
            let path: String?
        }
        let id: String
        let name: String
        let source: Source
    }

    let id: String
    let name: String
    let isSimulated: Bool
    let profile: URL
    let folder: URL

    /// Finds the sites of the options' folder, ascending by id, and checks that their images are there.
    ///
    /// - Throws: ``DemoError`` `badInput` if there is none, or one cannot be used.
    static func all(of options: DemoOptions) throws -> [DemoSite] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: options.sites.path)) ?? []
        let found = try names.sorted().compactMap { try site(named: $0, options) }
        guard !found.isEmpty else {
            throw DemoError(
                .badInput,
                "\(options.sites.path) has no <site>/site.yaml",
                hint: "name the folder with --sites; the repository's is Sites"
            )
        }
        for (id, sites) in Dictionary(grouping: found, by: \.id).sorted(by: { $0.key < $1.key })
        where sites.count > 1 {
            let paths = sites.map(\.profile.path).joined(separator: " and ")
            throw DemoError(.badInput, "\(paths) have the same id '\(id)'")
        }
        if let data = options.data, found.allSatisfy(\.isSimulated) {
            throw DemoError(
                .badInput,
                "--data \(data.path) is for nobody: every site of \(options.sites.path) is simulated",
                hint: "leave it out, or name sites with images: --sites Sites/public"
            )
        }
        return found.sorted { $0.id < $1.id }
    }

    private static func site(named name: String, _ options: DemoOptions) throws -> DemoSite? {
        let folder = options.sites.appending(path: name)
        let url = folder.appending(path: "site.yaml")
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        let profile = try profile(url)
        let isSimulated = profile.source.kind == "simulated"
        if !isSimulated {
            let base = options.data ?? folder
            try checkImages(of: profile, below: base, isNamed: options.data != nil)
        }
        return DemoSite(
            id: profile.id,
            name: profile.name,
            isSimulated: isSimulated,
            profile: url,
            folder: options.output.appending(path: "sites/\(profile.id)")
        )
    }

    private static func profile(_ url: URL) throws -> Profile {
        do {
            let text = try String(contentsOf: url, encoding: .utf8)
            let profile = try YAMLDecoder().decode(Profile.self, from: text)
            _ = try SiteID(validating: profile.id)
            return profile
        } catch let error as DecodingError {
            throw DemoError(.badInput, "\(url.path) is no site profile: \(words(error))")
        } catch {
            throw DemoError(.badInput, "\(url.path) cannot be used: \(error)")
        }
    }

    private static func checkImages(
        of profile: Profile,
        below base: URL,
        isNamed: Bool
    ) throws {
        let images = URL(filePath: profile.source.path ?? "", relativeTo: base)
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(
            atPath: images.path,
            isDirectory: &isFolder
        )
        guard !exists || !isFolder.boolValue || profile.source.path == nil else { return }
        throw DemoError(
            .badInput,
            "the images of site '\(profile.id)' are not there: \(images.path) is no folder",
            hint: isNamed
                ? "--data names the folder that the profile's source.path begins at"
                : "name the folder of the hospitals' exports with --data"
        )
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "\((context.codingPath + [key]).map(\.stringValue).joined(separator: ".")) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "it cannot be read"
        }
    }
}
