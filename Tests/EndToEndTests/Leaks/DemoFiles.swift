import Foundation

/// Every file of a demo's folder but the hospitals' own exports.
struct DemoFiles {
    /// A file's path below the demo's folder, and its bytes.
    struct File {
        let path: String
        let bytes: [UInt8]
    }

    private let folder: URL

    init(_ run: DemoRun) { folder = run.folder }

    /// What came of the demo: both kinds of databases with their logs, blobs, de-identified files, logs, pages.
    func made() throws -> [File] {
        try below(folder) { !$0.contains("/hospital/") }
    }

    /// What a site's simulated hospital exported: the demo's input.
    func hospital(_ site: String) throws -> [File] {
        try below(folder.appending(path: "sites/\(site)/hospital")) { _ in true }
    }

    private func below(_ root: URL, _ isWanted: (String) -> Bool) throws -> [File] {
        guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var files: [File] = []
        for case let path as String in walker where isWanted("/\(path)") {
            let url = root.appending(path: path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
                continue
            }
            files.append(File(path: path, bytes: [UInt8](try Data(contentsOf: url))))
        }
        return files.sorted { $0.path < $1.path }
    }
}
