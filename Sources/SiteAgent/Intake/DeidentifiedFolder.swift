import Foundation
import SiteStore

/// The folder of de-identified copies; holds what the catalogue names and nothing else.
struct DeidentifiedFolder {
    private let folder: SiteFolder

    init(_ folder: SiteFolder) { self.folder = folder }

    /// Puts content in place of what is there, so that a reader sees the old or the new.
    ///
    /// Not synced: a copy that a power failure damages no longer has its digest, which training
    /// notices, and can be made again from the source.
    static func replace(_ file: URL, with bytes: [UInt8]) throws {
        let part = file.appendingPathExtension("part")
        try Data(bytes).write(to: part)
        guard unsafe rename(part.path, file.path) == 0 else {
            throw AgentError(
                .failed,
                "\(file.lastPathComponent) cannot be stored (error \(errno))",
                hint: "check space and permissions of \(file.deletingLastPathComponent().path)"
            )
        }
    }

    /// Removes copies and masks that no row names, such as those of vanished files.
    func sweep(keeping rows: [FileRow]) throws {
        let kept = Dictionary(
            grouping: rows.filter(\.isVerified).compactMap { row in
                row.studyUID.flatMap { study in row.sopInstanceUID.map { (study, $0) } }
            },
            by: \.0
        ).mapValues { Set($0.map(\.1)) }
        let manager = FileManager.default
        guard manager.fileExists(atPath: folder.deidentified.path) else { return }
        for study in try manager.contentsOfDirectory(atPath: folder.deidentified.path) {
            let exam = folder.exam(study)
            guard let names = kept[study] else {
                try manager.removeItem(at: exam)
                continue
            }
            for file in try manager.contentsOfDirectory(atPath: exam.path)
            where file != ManifestFile.name
                && !names.contains(
                    String(file.split(separator: ".").dropLast().joined(separator: "."))
                )
            {
                try manager.removeItem(at: exam.appending(path: file))
            }
        }
    }
}
