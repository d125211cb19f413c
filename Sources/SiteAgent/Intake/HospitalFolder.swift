import Foundation

/// A folder of files as a hospital exports them: any depth, any names, with or without extension.
struct HospitalFolder: Sendable {
    let root: URL

    /// The paths of all files below the root, ascending; hidden files are left out.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is no such folder.
    func paths() throws -> [String] {
        guard let walker = FileManager.default.enumerator(atPath: root.path) else {
            throw AgentError(.badInput, "there is no folder \(root.path)")
        }
        var paths: [String] = []
        for case let path as String in walker {
            let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
            guard !isHidden, walker.fileAttributes?[.type] as? FileAttributeType == .typeRegular
            else { continue }
            paths.append(path)
        }
        return paths.sorted()
    }

    /// The bytes of a file.
    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: path), options: .mappedIfSafe))
    }
}
