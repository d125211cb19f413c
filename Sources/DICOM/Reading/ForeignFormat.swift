/// What a file that is no DICOM object is by its first bytes, for people who wonder where it went.
enum ForeignFormat: CaseIterable {
    case zip, gzip, sevenZip, rar, bzip2, xz, tar, pdf, png, jpeg

    /// The format of bytes; nil if it is none of these.
    init?(_ bytes: [UInt8]) {
        let found = Self.allCases.first { format in
            bytes.dropFirst(format.offset).starts(with: format.mark)
        }
        guard let found else { return nil }
        self = found
    }

    /// What it is and what to do.
    var words: String {
        switch self {
        case .zip: "a ZIP archive; unpack it first"
        case .gzip: "compressed by gzip; unpack it first"
        case .sevenZip: "a 7-Zip archive; unpack it first"
        case .rar: "a RAR archive; unpack it first"
        case .bzip2: "compressed by bzip2; unpack it first"
        case .xz: "compressed by xz; unpack it first"
        case .tar: "a tar archive; unpack it first"
        case .pdf: "a PDF document"
        case .png: "a PNG picture without DICOM header"
        case .jpeg: "a JPEG picture without DICOM header"
        }
    }

    private var offset: Int { self == .tar ? 257 : 0 }

    private var mark: [UInt8] {
        switch self {
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .gzip: [0x1F, 0x8B]
        case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF]
        case .rar: [0x52, 0x61, 0x72, 0x21]
        case .bzip2: [0x42, 0x5A, 0x68]
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A]
        case .tar: Array("ustar".utf8)
        case .pdf: Array("%PDF".utf8)
        case .png: [0x89, 0x50, 0x4E, 0x47]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        }
    }
}
