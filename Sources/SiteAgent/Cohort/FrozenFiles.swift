import AuditLog
import CanonicalJSON
import Deidentification
import Foundation
import SiteStore

/// What the exams of a frozen cohort are made of, beside the working copies: each file named by its
/// digest, so that a version is trained on as it was frozen whatever becomes of source and catalogue.
///
/// The files are links to the copies: they need space only once a copy is made anew.
struct FrozenFiles: Sendable {
    private let folder: SiteFolder

    init(_ folder: SiteFolder) { self.folder = folder }

    /// Where the file of a digest lies, whether or not it is there.
    func url(_ digest: String) -> URL {
        folder.frozen.appending(path: "\(digest.prefix(2))/\(digest)")
    }

    /// Whether the exam of a leaf is kept.
    func has(_ leaf: String) -> Bool { FileManager.default.fileExists(atPath: url(leaf).path) }

    /// The exam of a leaf as it was frozen; nil if it is not kept, or damaged.
    func row(_ leaf: String) -> ExamRow? {
        guard let data = try? Data(contentsOf: url(leaf)),
            MerkleHash.leaf([UInt8](data)).hex == leaf
        else { return nil }
        return try? CanonicalDecoder().decode(ExamRow.self, from: [UInt8](data))
    }

    /// The signed manifest of a root; nil if it is not kept.
    func manifest(_ root: String) -> SignedManifest? {
        (try? Data(contentsOf: url(root))).flatMap { ManifestFile.manifest(of: [UInt8]($0)) }
    }

    /// Whether every working copy of an exam is there.
    func canKeep(_ row: ExamRow) throws -> Bool {
        try parts(of: row).allSatisfy {
            FileManager.default.fileExists(atPath: $0.copy.path)
        }
    }

    /// Keeps an exam under its leaf: copies, masks, manifest, and at last its row.
    ///
    /// - Throws: ``AgentError`` if a file cannot be kept.
    func keep(_ row: ExamRow, leaf: String) throws {
        for part in try parts(of: row) { try link(part.copy, as: part.digest) }
        let bytes = try CanonicalEncoder().encode(row)
        precondition(MerkleHash.leaf(bytes).hex == leaf, "an exam is kept under its own leaf")
        try makeFolder(of: leaf)
        try DeidentifiedFolder.replace(url(leaf), with: bytes)
    }

    /// The working copies of an exam, and the digests they are kept under.
    private func parts(of row: ExamRow) throws -> [(copy: URL, digest: String)] {
        let record = try ExamRecord(of: row)
        let exam = folder.exam(row.studyUID)
        let files = record.slices.flatMap { slice in
            [("dcm", slice.sha256), ("png", slice.maskSHA256)].compactMap { kind, digest in
                digest.map {
                    (copy: exam.appending(path: "\(slice.sopInstanceUID).\(kind)"), digest: $0)
                }
            }
        }
        return files + (record.manifestRoot.map { [(ManifestFile.url(in: exam), $0)] } ?? [])
    }

    /// Removes what belongs to none of these leaves.
    func sweep(keeping leaves: some Sequence<String>) throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: folder.frozen.path) else { return }
        var kept: Set<String> = []
        for leaf in leaves {
            guard let record = try row(leaf).map(ExamRecord.init(of:)) else { continue }
            kept.insert(leaf)
            kept.formUnion([record.manifestRoot].compactMap(\.self))
            kept.formUnion(record.slices.flatMap { [$0.sha256, $0.maskSHA256].compactMap(\.self) })
        }
        for shelf in try manager.contentsOfDirectory(atPath: folder.frozen.path) {
            let place = folder.frozen.appending(path: shelf)
            for name in try manager.contentsOfDirectory(atPath: place.path)
            where !kept.contains(name) {
                try manager.removeItem(at: place.appending(path: name))
            }
        }
    }

    private func makeFolder(of digest: String) throws {
        try FileManager.default.createDirectory(
            at: url(digest).deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Links a copy, or copies it where the file system has no links; what is there under the name
    /// and is another file, such as one that was damaged, is replaced.
    private func link(_ copy: URL, as digest: String) throws {
        let target = url(digest)
        if Self.identity(target).map({ $0 == Self.identity(copy) }) ?? false { return }
        try makeFolder(of: digest)
        let part = target.appendingPathExtension("part")
        let manager = FileManager.default
        try? manager.removeItem(at: part)
        if unsafe Foundation.link(copy.path, part.path) != 0 {
            do { try manager.copyItem(at: copy, to: part) } catch {
                throw AgentError(
                    .failed,
                    "a copy of the cohort cannot be kept: \(part.path) cannot be written",
                    hint: "check space and permissions of \(folder.frozen.path)"
                )
            }
        }
        guard unsafe rename(part.path, target.path) == 0 else {
            throw AgentError(
                .failed,
                "a copy of the cohort cannot be kept (error \(errno))",
                hint: "check space and permissions of \(folder.frozen.path)"
            )
        }
    }

    /// Device and number of a file; nil if there is none.
    private static func identity(_ file: URL) -> [UInt64]? {
        guard let found = try? FileManager.default.attributesOfItem(atPath: file.path) else {
            return nil
        }
        return [FileAttributeKey.systemNumber, .systemFileNumber].map {
            (found[$0] as? NSNumber)?.uint64Value ?? 0
        }
    }
}
