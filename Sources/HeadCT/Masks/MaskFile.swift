package import Foundation

/// One file of a site's mask folder.
package struct MaskFile: Sendable, Hashable {
    private enum Content: Sendable, Hashable {
        case bytes([UInt8])
        case url(URL)
    }

    /// The file's name without folders; it names an instance, a study or a patient number.
    package let name: String

    private let content: Content

    /// A file that is in memory.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        content = .bytes(bytes)
    }

    /// A file on disk, read when it is needed.
    package init(_ url: URL) {
        name = url.lastPathComponent
        content = .url(url)
    }

    /// The name without its extensions.
    package var stem: String {
        var stem = name
        for ending in [".gz", ".nii", ".seg.dcm", ".dcm", ".png"]
        where stem.lowercased().hasSuffix(ending) { stem.removeLast(ending.count) }
        return stem
    }

    /// A NIfTI volume of 512 × 512 × 512 float voxels has half of this.
    private static let maximumSize = 1 << 30

    /// The contents.
    ///
    /// - Throws: `unreadable-file` or `too-large`.
    package func read() throws(HeadCTError) -> [UInt8] {
        switch content {
        case .bytes(let bytes): return bytes
        case .url(let url):
            let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
            guard size <= Self.maximumSize else {
                throw HeadCTError(.tooLarge, "a mask file of more than \(Self.maximumSize) bytes")
            }
            guard let data = try? Data(contentsOf: url) else {
                throw HeadCTError(.unreadableFile, "a mask file cannot be read")
            }
            return [UInt8](data)
        }
    }

    /// The mask files of a folder and the folders in it, ascending by path.
    ///
    /// Folders named `mimics` are passed over: what is drawn there (infarcts, calcifications) is no
    /// haemorrhage.
    ///
    /// - Throws: `missing-file` if there is no such folder.
    package static func list(
        in folder: URL,
        format: MaskFormat
    ) throws(HeadCTError) -> [MaskFile] {
        guard let walker = FileManager.default.enumerator(atPath: folder.path) else {
            throw HeadCTError(.missingFile, "there is no folder at the path of the masks")
        }
        var paths: [String] = []
        for case let path as String in walker {
            let components = path.split(separator: "/")
            if components.dropLast().contains(where: { $0.lowercased() == "mimics" }) { continue }
            guard let name = components.last, !name.hasPrefix("."), isMask(name, format) else {
                continue
            }
            paths.append(path)
        }
        return paths.sorted().map { MaskFile(folder.appending(path: $0)) }
    }

    private static func isMask(_ name: Substring, _ format: MaskFormat) -> Bool {
        let name = name.lowercased()
        return switch format {
        case .png: name.hasSuffix(".png")
        case .nifti: name.hasSuffix(".nii") || name.hasSuffix(".nii.gz")
        case .dicomSEG: name.hasSuffix(".dcm") || !name.contains(".")
        }
    }
}
