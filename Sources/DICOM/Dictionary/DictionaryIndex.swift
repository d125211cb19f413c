/// The generated table with an index, built once when an attribute is first looked up.
///
/// Rows hold only numbers; names are cut out of the text when they are asked for, so that building
/// costs about a millisecond.
struct DictionaryIndex: Sendable {
    /// The representation of each row by which values of unknown sign are read.
    private(set) var vrs: [VR] = []

    /// The tags with keywords.
    let tagsByKeyword: [String: Tag]

    private let text: [UInt8]
    private var starts: [Int] = []
    private var numbers: [UInt32] = []
    private var wildcards: [(number: UInt32, mask: UInt32, row: Int)] = []

    init(table: String) {
        let bytes = Array(table.utf8)
        text = bytes
        var keywords: [String: Tag] = [:]
        keywords.reserveCapacity(6_000)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let fields = Self.fields(bytes[start..<end])
            let (number, mask) = Self.number(fields[0])
            if mask == .max {
                numbers.append(number)
                keywords[String(decoding: fields[3], as: UTF8.self)] = Tag(number: number)
            } else {
                wildcards.append((number, mask, vrs.count))
            }
            starts.append(start)
            vrs.append(DataDictionary.choice(of: Self.representations(fields[1]), isSigned: false))
            start = end + 1
        }
        keywords[""] = nil
        tagsByKeyword = keywords
    }

    /// The row of a tag, exact tags before repeating groups.
    func row(of tag: Tag) -> Int? {
        let number = tag.number
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        if low < numbers.count, numbers[low] == number { return low }
        return wildcards.first { number & $0.mask == $0.number }?.row
    }

    /// Whether the representation is US or SS by the sign of the pixels.
    func isSignDependent(_ row: Int) -> Bool {
        Self.representations(fields(row)[1]).contains(.ss)
    }

    /// The row as an entry.
    func entry(_ row: Int) -> DataDictionary.Entry {
        let parts = fields(row)
        func string(_ field: Int) -> String { String(decoding: parts[field], as: UTF8.self) }
        return DataDictionary.Entry(
            vrs: Self.representations(parts[1]),
            vm: string(2),
            name: string(5),
            keyword: string(3),
            isRetired: !parts[4].isEmpty
        )
    }

    private func fields(_ row: Int) -> [ArraySlice<UInt8>] {
        let end = row + 1 < starts.count ? starts[row + 1] - 1 : text.count
        return Self.fields(text[starts[row]..<end])
    }

    private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        line.split(separator: 0x7C, maxSplits: 5, omittingEmptySubsequences: false)
    }

    /// The eight digits as a number, and the mask of those that are not wildcards.
    private static func number(_ digits: ArraySlice<UInt8>) -> (number: UInt32, mask: UInt32) {
        var number: UInt32 = 0
        var mask: UInt32 = 0
        for digit in digits {
            let value: UInt32? =
                switch digit {
                case 0x30...0x39: UInt32(digit - 0x30)
                case 0x41...0x46: UInt32(digit - 0x41 + 10)
                default: nil
                }
            number = number << 4 | (value ?? 0)
            mask = mask << 4 | (value == nil ? 0 : 0xF)
        }
        return (number, mask)
    }

    private static func representations(_ field: ArraySlice<UInt8>) -> [VR] {
        field.split(separator: 0x2F).compactMap { name in
            name.count == 2 ? VR(name[name.startIndex], name[name.startIndex + 1]) : nil
        }
    }
}
