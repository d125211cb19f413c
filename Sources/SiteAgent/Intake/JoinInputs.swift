import Federation
import Foundation
import HeadCT

/// The labels and masks of a site, found and read before any image is, so that a wrong path costs
/// seconds.
struct JoinInputs {
    /// The labels; nil where the profile names none.
    let labels: LabelTable?
    /// The mask files; empty where the profile names none.
    let masks: [MaskFile]
    /// The masks' format; nil where the profile names none.
    let maskFormat: MaskFormat?
    /// Changes with every file of labels and masks.
    let fingerprint: String

    /// Reads the label table and lists the masks of a profile.
    ///
    /// - Throws: ``AgentError`` `bad-input` naming the path, what is wrong and what to do.
    static func read(_ profile: SiteProfile) throws -> JoinInputs {
        JoinInputs(
            labels: try profile.labels.map(table),
            masks: try profile.masks.map(files) ?? [],
            maskFormat: profile.masks?.format,
            fingerprint: try fingerprint([profile.labels?.path, profile.masks?.path])
        )
    }

    private static func table(_ labels: SiteProfile.Labels) throws -> LabelTable {
        do throws(HeadCTError) {
            return try LabelTable.read(format: labels.format, at: URL(filePath: labels.path))
        } catch {
            throw AgentError(
                .badInput,
                "the labels at \(labels.path) cannot be read as \(labels.format.rawValue):"
                    + " \(error.context) (\(error.code.rawValue))",
                hint: "labels.path and labels.format in site.yaml name them;"
                    + " Sites/README.md describes each format"
            )
        }
    }

    private static func files(_ masks: SiteProfile.Masks) throws -> [MaskFile] {
        do {
            return try MaskFile.list(in: URL(filePath: masks.path), format: masks.format)
        } catch {
            throw AgentError(
                .badInput,
                "the masks at \(masks.path) cannot be listed: \(error)",
                hint: "masks.path and masks.format in site.yaml name them"
            )
        }
    }

    private static func fingerprint(_ paths: [String?]) throws -> String {
        let lines = try paths.compactMap { $0 }.flatMap { path -> [String] in
            let url = URL(filePath: path)
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            else {
                let parent = HospitalFolder(root: url.deletingLastPathComponent())
                return try parent.files().filter { $0.path == url.lastPathComponent }
                    .map { "\(path) \($0.fingerprint)" }
            }
            return try HospitalFolder(root: url).files().map { "\($0.path) \($0.fingerprint)" }
        }
        return SHA256Digest(hashing: Array(lines.joined(separator: "\n").utf8)).rawValue
    }
}
