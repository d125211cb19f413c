/// Searches bytes for many byte strings at once.
///
/// A table of the first two bytes lets most places pass with one look; strings shorter than four
/// bytes are not searched for, since they occur by chance.
struct NeedleSearch: Sendable {
    /// The shortest string searched for.
    static let minimumLength = 4

    private var mayStart = [Bool](repeating: false, count: 1 << 16)
    private var needlesByStart: [Int: [[UInt8]]] = [:]

    init(_ needles: some Sequence<[UInt8]>) {
        for needle in Set(needles) where needle.count >= Self.minimumLength {
            let start = Int(needle[0]) << 8 | Int(needle[1])
            mayStart[start] = true
            needlesByStart[start, default: []].append(needle)
        }
    }

    var isEmpty: Bool { needlesByStart.isEmpty }

    /// Whether one of the strings occurs in the bytes.
    func occurs(in bytes: ArraySlice<UInt8>) -> Bool {
        guard !isEmpty, bytes.count >= Self.minimumLength else { return false }
        for index in bytes.startIndex..<bytes.endIndex - 1 {
            let start = Int(bytes[index]) << 8 | Int(bytes[index + 1])
            guard mayStart[start], let needles = needlesByStart[start] else { continue }
            for needle in needles where bytes[index...].starts(with: needle) { return true }
        }
        return false
    }
}
