/// Text whose character sets change by escape sequences (ISO 2022, PS3.5 section 6.1.2.5).
struct CodeExtension: Hashable, Sendable {
    /// The set for bytes below 0x80 at the start of each value.
    let low: Repertoire

    /// The set for bytes from 0x80 at the start of each value; nil if the first term has none.
    let high: Repertoire?

    /// Every set that the terms name.
    private let repertoires: [Repertoire]

    /// The set for bytes from 0x80 where none was called in, as files that omit escapes need.
    private let fallback: Repertoire?

    /// Makes the code of the numbers of the defined terms.
    init(_ numbers: [String]) {
        let first = Repertoire.all.filter { $0.number == numbers.first && $0.width == 1 }
        low = first.first { $0.half == .low } ?? .ascii
        high = first.first { $0.half == .high }
        repertoires =
            [.ascii] + numbers.flatMap { name in Repertoire.all.filter { $0.number == name } }
        fallback = repertoires.first { $0.half == .high }
    }

    // MARK: Decoding

    /// The values of a text, divided at backslashes if `isDivided`.
    func decode(_ bytes: ArraySlice<UInt8>, vr: VR, isDivided: Bool) -> [String] {
        var decoder = Decoder(low: low, high: high)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == 0x1B, let called = Repertoire.called(by: bytes[index...]) {
                decoder.call(called)
                index += called.escape.count
            } else if byte < 0x80, decoder.low.width == 1 || byte <= 0x20 {
                decode(byte, &decoder, vr: vr, isDivided: isDivided)
            } else if byte < 0x80 {
                let end = min(index + decoder.low.width - 1, bytes.endIndex)
                decoder.append(bytes[(index - 1)..<end], decoder.low)
                index = end
            } else {
                decoder.append(bytes[(index - 1)..<index], decoder.high ?? fallback)
            }
        }
        return decoder.finish()
    }

    /// Takes a byte of a one-byte set, which may end a value or a part of it.
    private func decode(_ byte: UInt8, _ decoder: inout Decoder, vr: VR, isDivided: Bool) {
        if byte == 0x5C, isDivided {
            decoder.endValue(low: low, high: high)
        } else {
            decoder.append([byte], decoder.low.width == 1 ? decoder.low : .ascii)
            if isDelimiter(byte, vr: vr) { decoder.reset(low: low, high: high) }
        }
    }

    /// Whether the sets of the start are in force again after a character.
    private func isDelimiter(_ byte: UInt8, vr: VR) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D: true
        case 0x5C: vr.isMultiValuedText
        case UInt8(ascii: "^"), UInt8(ascii: "="): vr == .pn
        default: false
        }
    }

    /// The text of bytes whose set is not known: ASCII, else UTF-8 if valid, else Latin-1.
    static func decodeUnspecified(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    // MARK: Encoding

    /// The bytes of a text with the escapes it needs; nil if no set has one of the characters.
    func encode(_ text: String, vr: VR) -> [UInt8]? {
        var bytes: [UInt8] = []
        var current = (low: low, high: high)
        for scalar in text.unicodeScalars {
            if let byte = UInt8(exactly: scalar.value), byte < 0x80, isDelimiter(byte, vr: vr) {
                if current.low != low { bytes += [0x1B] + low.escape }
                bytes.append(byte)
                current = (low, high)
                continue
            }
            let sets = [current.low, current.high, low].compactMap(\.self) + repertoires
            guard let (set, code) = Self.firstCode(of: scalar, in: sets) else { return nil }
            if set != current.low, set != current.high { bytes += [0x1B] + set.escape }
            if set.half == .low { current.low = set } else { current.high = set }
            bytes += code
        }
        if current.low != low { bytes += [0x1B] + low.escape }
        return bytes
    }

    private static func firstCode(
        of scalar: Unicode.Scalar,
        in sets: [Repertoire]
    ) -> (Repertoire, [UInt8])? {
        for set in sets {
            if let code = set.encode(scalar) { return (set, code) }
        }
        return nil
    }
}

extension CodeExtension {
    /// The sets in force and the run of bytes gathered for one of them.
    private struct Decoder {
        private(set) var low: Repertoire
        private(set) var high: Repertoire?
        private var values: [String] = []
        private var text = ""
        private var run: [UInt8] = []
        private var runSet: Repertoire?

        init(low: Repertoire, high: Repertoire?) {
            self.low = low
            self.high = high
        }

        mutating func append(_ bytes: ArraySlice<UInt8>, _ set: Repertoire?) {
            if set != runSet { flush() }
            runSet = set
            run += bytes
        }

        mutating func call(_ set: Repertoire) {
            if set.half == .low { low = set } else { high = set }
        }

        mutating func reset(low: Repertoire, high: Repertoire?) {
            self.low = low
            self.high = high
        }

        mutating func endValue(low: Repertoire, high: Repertoire?) {
            flush()
            values.append(text)
            text = ""
            reset(low: low, high: high)
        }

        mutating func finish() -> [String] {
            flush()
            return values + [text]
        }

        private mutating func flush() {
            text += runSet?.decode(run) ?? CodeExtension.decodeUnspecified(run)
            run.removeAll(keepingCapacity: true)
        }
    }
}
