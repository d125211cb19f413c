/// Searches bytes for many byte strings at once.
///
/// Every string of `minimumLength` bytes holds, wherever it lies, one of the places looked at, which
/// are `minimumLength - 3` apart; four bytes are looked up there (Wu and Manber, "A Fast Algorithm
/// for Multi-Pattern Searching", 1994). Shorter strings are not searched for, since they occur by
/// chance.
struct NeedleSearch: Sendable {
    /// The shortest string that any search looks for.
    static let minimumLength = 4

    private static let windowLength = 4
    private static let filterBits = 16

    /// Four bytes of a needle and where they stand in it.
    private struct Window {
        let bytes: UInt32
        let needle: Int
        let offset: Int
    }

    private let step: Int
    private let needles: [[UInt8]]
    private let windows: [Window]
    private var filter = [UInt64](repeating: 0, count: 1 << (filterBits - 6))

    /// Prepares for the strings of at least `minimumLength` bytes among `needles`.
    init(_ needles: some Sequence<[UInt8]>, minimumLength: Int = Self.minimumLength) {
        let length = max(minimumLength, Self.minimumLength)
        step = length - Self.windowLength + 1
        self.needles = Set(needles.filter { $0.count >= length }).sorted {
            $0.lexicographicallyPrecedes($1)
        }
        var windows: [Window] = []
        windows.reserveCapacity(self.needles.count * step)
        for (number, needle) in self.needles.enumerated() {
            for offset in 0..<step {
                let bytes = Self.window(needle.span, at: offset)
                windows.append(Window(bytes: bytes, needle: number, offset: offset))
                let slot = Self.slot(bytes)
                filter[slot >> 6] |= 1 << UInt64(slot & 63)
            }
        }
        self.windows = windows.sorted {
            ($0.bytes, $0.needle, $0.offset) < ($1.bytes, $1.needle, $1.offset)
        }
    }

    var isEmpty: Bool { needles.isEmpty }

    /// Whether one of the strings, or of another search with the same least length, occurs.
    func occurs(in bytes: ArraySlice<UInt8>, or other: NeedleSearch? = nil) -> Bool {
        precondition(other.map { $0.step == step } ?? true, "both look at the same places")
        guard !isEmpty || other?.isEmpty == false else { return false }
        var both = filter
        if let other { for index in both.indices { both[index] |= other.filter[index] } }
        let span = bytes.span
        let filter = both.span
        var place = 0
        while place <= span.count - Self.windowLength {
            let window = Self.window(span, at: place)
            let slot = Self.slot(window)
            if filter[slot >> 6] >> UInt64(slot & 63) & 1 == 1,
                matches(window, span, place) || other?.matches(window, span, place) == true
            {
                return true
            }
            place += step
        }
        return false
    }

    private func matches(_ bytes: UInt32, _ span: Span<UInt8>, _ place: Int) -> Bool {
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].bytes < bytes { low = middle + 1 } else { high = middle }
        }
        while low < windows.count, windows[low].bytes == bytes {
            let start = place - windows[low].offset
            let needle = needles[windows[low].needle]
            if start >= 0, start + needle.count <= span.count,
                needle.indices.allSatisfy({ needle[$0] == span[start + $0] })
            {
                return true
            }
            low += 1
        }
        return false
    }

    @inline(__always)
    private static func window(_ bytes: Span<UInt8>, at place: Int) -> UInt32 {
        // Bounds-checked by the span; any 32 bits are a valid UInt32.
        unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)
    }

    /// Multiplicative hashing (Knuth, TAOCP 6.4).
    @inline(__always)
    private static func slot(_ window: UInt32) -> Int {
        Int(truncatingIfNeeded: (window &* 2_654_435_761) &>> UInt32(32 - filterBits))
    }
}
