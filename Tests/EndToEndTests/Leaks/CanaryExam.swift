import DICOM
import Foundation

/// Plants a word in every attribute of the standard, and in the pixels, of a hospital's first exam.
enum CanaryExam {
    /// What is planted in attributes; no dictionary of any language has it.
    static let word = "ZQXJVKWOFFBY"
    /// What is planted in pixels.
    static let pixels = "PIXELZQXJVKWPIXELZQXJVKW"

    /// Rewrites the exam's files in place.
    ///
    /// - Returns: How many files were changed.
    static func plant(in hospital: URL) throws -> Int {
        guard let walker = FileManager.default.enumerator(atPath: hospital.path) else { return 0 }
        let paths = walker.compactMap { $0 as? String }.sorted()
        var folder: String?
        var count = 0
        for path in paths {
            let url = hospital.appending(path: path)
            guard let bytes = FileManager.default.contents(atPath: url.path),
                let file = try? DICOMFile(reading: [UInt8](bytes)),
                file.dataSet.string(.modality) == "CT"
            else { continue }
            let parent = url.deletingLastPathComponent().path
            if folder == nil { folder = parent }
            guard folder == parent else { continue }
            try Data(planted(in: file)).write(to: url)
            count += 1
        }
        return count
    }

    private static func planted(in file: DICOMFile) throws -> [UInt8] {
        var dataSet = file.dataSet
        for (tag, vr) in texts where dataSet[tag] == nil {
            dataSet.insert(DataElement(tag: tag, vr: vr, value: .bytes(Array(word.utf8))))
        }
        if var bytes = dataSet[.pixelData]?.bytes, bytes.count > pixels.utf8.count {
            bytes.replaceSubrange(0..<pixels.utf8.count, with: Array(pixels.utf8))
            dataSet.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(bytes)))
        }
        return try DICOMFile.write(dataSet: dataSet, transferSyntax: file.transferSyntax)
    }

    /// The attributes of the standard that hold a text of twelve letters.
    private static let texts: [(Tag, VR)] = {
        let representations: Set<VR> = [.ae, .cs, .lo, .lt, .pn, .sh, .st, .uc, .ur, .ut]
        let groups = (UInt16(0x0008)...0x7FDF).filter { $0.isMultiple(of: 2) }
        // Overlay and curve groups repeat; the first of each stands for all.
        return groups.filter { $0 <= 0x5000 || $0 == 0x6000 || $0 > 0x60FF }.flatMap { group in
            (UInt16(1)...0xFFFF).compactMap { element in
                let tag = Tag(group, element)
                guard let vr = DataDictionary.entry(for: tag)?.vr, representations.contains(vr)
                else { return nil }
                return (tag, vr)
            }
        }
    }()
}
