import DICOM
import Foundation
import TestSupport

/// The real files beside the checkout, read once for each test that asks.
enum RealFiles {
    /// The paths of regular files below a folder of `shared/data`, ascending.
    static func paths(below folder: String) -> [String] {
        let root = SharedData.url("data/" + folder)
        let found = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: [.isRegularFileKey]
        )
        return (found?.compactMap { $0 as? URL } ?? []).filter { url in
            (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }.map { folder + $0.path.dropFirst(root.path.count) }.sorted()
    }

    /// The DICOM files among them.
    static func files(below folder: String) throws -> [(path: String, file: DICOMFile)] {
        try paths(below: folder).compactMap { path in
            if ["md", "csv", "png", "gz", "json"].contains((path as NSString).pathExtension) {
                return nil
            }
            if path.hasSuffix("SHA256SUMS") { return nil }
            return (path, try DICOMFile(reading: SharedData.bytes("data/" + path)))
        }
    }

    /// The sites of `sites-real`.
    static let sites = ["aisd", "bhsd-mbh", "bhsd-mbhseg25", "cpaisd", "ct-ich"]
}
