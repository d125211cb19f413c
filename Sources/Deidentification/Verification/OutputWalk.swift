import DICOM

/// Walks the bytes of an output by itself, without the reader and the writer whose work it checks.
///
/// Knows one encoding only: Explicit VR Little Endian with defined lengths, as outputs have.
struct OutputWalk {
    /// An element at any depth.
    struct Element {
        let tag: Tag
        let representation: String
        let value: ArraySlice<UInt8>

        /// The values of a text, without padding.
        var texts: [String] {
            value.split(separator: 0x5C).map { part in
                let trimmed = part.drop { $0 == 0x20 }.reversed().drop { [0, 0x20].contains($0) }
                return String(decoding: trimmed.reversed(), as: UTF8.self)
            }
        }
    }

    /// The elements but the pixels, in their order, items opened.
    private(set) var elements: [Element] = []

    private static let longRepresentations: Set<String> = [
        "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV",
    ]

    /// Walks a file; nil if anything in it is not where it must be.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 132, bytes[..<128].allSatisfy({ $0 == 0 }),
            bytes[128..<132].elementsEqual("DICM".utf8)
        else { return nil }
        guard walk(bytes[132...], depth: 0) else { return nil }
    }

    private mutating func walk(_ bytes: ArraySlice<UInt8>, depth: Int) -> Bool {
        guard depth < 64 else { return false }
        var place = bytes.startIndex
        var last = -1
        while place < bytes.endIndex {
            guard bytes.endIndex - place >= 8 else { return false }
            let tag = Tag(Self.number(bytes, place, 2), Self.number(bytes, place + 2, 2))
            guard Int(tag.number) > last else { return false }
            last = Int(tag.number)
            let name = String(decoding: bytes[place + 4..<place + 6], as: UTF8.self)
            let isLong = Self.longRepresentations.contains(name)
            guard !isLong || bytes.endIndex - place >= 12 else { return false }
            let length: UInt32 =
                isLong ? Self.number(bytes, place + 8, 4) : Self.number(bytes, place + 6, 2)
            place += isLong ? 12 : 8
            guard Int(length) <= bytes.endIndex - place else { return false }
            let value = bytes[place..<place + Int(length)]
            place += Int(length)
            if tag == .pixelData { continue }
            elements.append(Element(tag: tag, representation: name, value: value))
            if name == "SQ", !walkItems(value, depth: depth + 1) { return false }
        }
        return true
    }

    private mutating func walkItems(_ bytes: ArraySlice<UInt8>, depth: Int) -> Bool {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            guard bytes.endIndex - place >= 8,
                bytes[place..<place + 4].elementsEqual([0xFE, 0xFF, 0x00, 0xE0])
            else { return false }
            let length = Int(Self.number(bytes, place + 4, 4) as UInt32)
            place += 8
            guard length <= bytes.endIndex - place else { return false }
            guard walk(bytes[place..<place + length], depth: depth) else { return false }
            place += length
        }
        return true
    }

    private static func number<Number: FixedWidthInteger>(
        _ bytes: ArraySlice<UInt8>,
        _ place: Int,
        _ count: Int
    ) -> Number {
        (0..<count).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: bytes[place + $1]) }
    }
}
