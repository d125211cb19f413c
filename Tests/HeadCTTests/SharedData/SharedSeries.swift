import DICOM
import Foundation
import HeadCT
import TestSupport

/// Reads DICOM folders of the shared data.
enum SharedSeries {
    /// All DICOM files below a folder, ascending by path.
    static func files(in folder: String) throws -> [DICOMFile] {
        let root = SharedData.url(folder)
        guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
        let paths = walker.compactMap { $0 as? String }.sorted()
        return try paths.compactMap { path in
            let data = try? Data(contentsOf: root.appending(path: path))
            guard let data, data.count > 132, data[128..<132].elementsEqual(Array("DICM".utf8))
            else { return nil }
            return try DICOMFile(reading: [UInt8](data))
        }
    }

    /// The volume of all images below a folder.
    static func volume(in folder: String) throws -> CTVolume {
        try volume(of: files(in: folder))
    }

    static func volume(of files: [DICOMFile]) throws -> CTVolume {
        try CTVolume.build(
            from: files.map { (dataSet: $0.dataSet, frame: try PixelDecoder.decode($0)) }
        )
    }
}
