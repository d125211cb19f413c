import DICOM
import Testing

/// Text in the character sets of PS3.3 section C.12.1.1.2; examples of PS3.5 annexes H to K.
struct CharacterSetTests {
    static func text(_ terms: [String], _ bytes: [UInt8], _ vr: VR = .pn) -> String {
        SpecificCharacterSet(terms: terms).decode(bytes[...], vr: vr)
    }

    static let singleByte: [(String, [UInt8], String)] = [
        ("ISO_IR 100", [0x42, 0x75, 0x63, 0x5E, 0x4A, 0xE9, 0x72, 0xF4, 0x6D, 0x65], "Buc^Jérôme"),
        ("ISO_IR 101", [0x57, 0x61, 0xB3, 0xEA, 0x73, 0x61], "Wałęsa"),
        ("ISO_IR 109", [0xA6, 0xB6], "Ĥĥ"),
        ("ISO_IR 110", [0xBF, 0xE6], "ŋæ"),
        (
            "ISO_IR 144", [0xBB, 0xEE, 0xDA, 0x63, 0x65, 0xDC, 0xD1, 0xE3, 0xE0, 0xD3],
            "Люкceмбург"
        ),
        ("ISO_IR 127", [0xE2, 0xC8, 0xC7, 0xE6, 0xEA], "قباني"),
        ("ISO_IR 126", [0xC4, 0xE9, 0xEF, 0xED], "Διον"),
        ("ISO_IR 138", [0xF9, 0xF8, 0xE5, 0xEF], "שרון"),
        ("ISO_IR 148", [0xC7, 0x61, 0xDD, 0xFD], "Çaİı"),
        ("ISO_IR 203", [0xA4, 0xBD], "€œ"),
        ("ISO_IR 166", [0xB9, 0xD2, 0xC1], "นาม"),
        ("ISO_IR 13", [0xD4, 0xCF, 0xC0, 0xDE, 0x5E, 0xC0, 0xDB, 0xB3], "ﾔﾏﾀﾞ^ﾀﾛｳ"),
        ("ISO_IR 192", Array("Wang^XiaoDong=王^小东".utf8), "Wang^XiaoDong=王^小东"),
        (
            "GB18030", [0x57, 0x3D, 0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0xB6, 0xAB], "W=王^小东"
        ),
        ("GBK", [0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0xB6, 0xAB], "王^小东"),
    ]

    @Test(arguments: singleByte)
    func `each single term decodes and encodes`(term: String, bytes: [UInt8], text: String) throws {
        let set = SpecificCharacterSet(terms: [term])
        #expect(set.isKnown)
        #expect(set.decode(bytes[...], vr: .pn) == text)
        #expect(set.encode(text, vr: .pn) == bytes)
    }

    /// PS3.5 H.3.1, H.3.2, I.2, J.3, K.2, and a half-width name with JIS X 0212.
    static let extended: [([String], [UInt8], String)] = [
        (
            ["", "ISO 2022 IR 87"],
            Array(
                "Yamada^Tarou=\u{1B}$B;3ED\u{1B}(B^\u{1B}$BB@O:\u{1B}(B=\u{1B}$B$d$^$@\u{1B}(B"
                    .utf8
            ) + Array("^\u{1B}$B$?$m$&\u{1B}(B".utf8),
            "Yamada^Tarou=山田^太郎=やまだ^たろう"
        ),
        (
            ["ISO 2022 IR 13", "ISO 2022 IR 87"],
            [0xD4, 0xCF, 0xC0, 0xDE, 0x5E, 0xC0, 0xDB, 0xB3, 0x3D]
                + Array("\u{1B}$B;3ED\u{1B}(J^\u{1B}$BB@O:\u{1B}(J".utf8),
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎"
        ),
        (
            ["", "ISO 2022 IR 149"],
            Array("Hong^Gildong=\u{1B}$)C".utf8) + [0xFB, 0xF3, 0x5E]
                + Array("\u{1B}$)C".utf8) + [0xD1, 0xCE, 0xD4, 0xD7],
            "Hong^Gildong=洪^吉洞"
        ),
        (
            ["", "ISO 2022 IR 58"],
            Array("Zhang^XiaoDong=\u{1B}$)A".utf8) + [0xD5, 0xC5, 0x5E]
                + Array("\u{1B}$)A".utf8) + [0xD0, 0xA1, 0xB6, 0xAB],
            "Zhang^XiaoDong=张^小东"
        ),
        (["", "ISO 2022 IR 159"], Array("\u{1B}$(D0!\u{1B}(B".utf8), "丂"),
        (
            ["ISO 2022 IR 100", "ISO 2022 IR 144"],
            [0xE9, 0x5E, 0x1B, 0x2D, 0x4C, 0xBB], "é^Л"
        ),
    ]

    @Test(arguments: extended)
    func `code extensions decode and encode`(terms: [String], bytes: [UInt8], text: String) throws {
        let set = SpecificCharacterSet(terms: terms)
        #expect(set.isKnown)
        #expect(set.decode(bytes[...], vr: .pn) == text)
        let encoded = try #require(set.encode(text, vr: .pn))
        #expect(encoded == bytes)
    }

    @Test func `delimiters bring back the sets of the first term`() {
        // After the caret 0xE9 is Latin-1 again, though Cyrillic had been called in.
        let bytes: [UInt8] = [0x1B, 0x2D, 0x4C, 0xBB, 0x5E, 0xE9]
        #expect(Self.text(["ISO 2022 IR 100", "ISO 2022 IR 144"], bytes) == "Л^é")
        #expect(Self.text(["ISO 2022 IR 100", "ISO 2022 IR 144"], bytes, .lo) == "Л^щ")
    }

    @Test func `a backslash divides only where it is one`() {
        // 0x5C as the second byte of a JIS X 0208 pair is no delimiter; after the return it is.
        let japanese = SpecificCharacterSet(terms: ["", "ISO 2022 IR 87"])
        let bytes = Array("\u{1B}$B9\\\u{1B}(B\\A".utf8)
        #expect(japanese.decodeValues(bytes[...], vr: .lo) == ["砿", "A"])
    }

    @Test func `names that omit their escapes are still read`() {
        #expect(Self.text(["ISO 2022 IR 149"], [0xFB, 0xF3, 0x5E, 0xD1, 0xCE]) == "洪^吉")
    }

    @Test func `bytes beyond ASCII without a character set are not lost`() {
        #expect(Self.text([], Array("Müller".utf8)) == "Müller")
        #expect(Self.text([], [0x4D, 0xFC, 0x6C]) == "Mül")
    }

    @Test func `old spellings of the terms are understood and unknown ones are told`() {
        for term in ["ISO-IR 100", "ISO_IR_100", "iso ir 100", "ISO 2022-IR 100"] {
            #expect(SpecificCharacterSet(terms: [term]).isKnown)
            #expect(Self.text([term], [0xE9]) == "é")
        }
        #expect(!SpecificCharacterSet(terms: ["ISO_IR 999"]).isKnown)
        #expect(!SpecificCharacterSet(terms: ["", "KLINGON"]).isKnown)
    }

    @Test func `damaged text becomes replacement characters`() {
        #expect(Self.text(["ISO_IR 192"], [0x41, 0xFF, 0x42]) == "A\u{FFFD}B")
        #expect(Self.text(["GB18030"], [0x41, 0xFF, 0x42]) == "A\u{FFFD}B")
        #expect(Self.text(["", "ISO 2022 IR 87"], Array("\u{1B}$B;".utf8)) == "\u{FFFD}")
    }

    @Test func `random bytes never crash a decoder`() {
        var noise = TestNoise(seed: 11)
        let sets =
            Self.singleByte.map { [$0.0] } + Self.extended.map(\.0) + [["", "ISO 2022 IR 13"]]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...24, using: &noise)
            let bytes = (0..<count).map { _ in
                UInt8.random(in: 0...9, using: &noise) == 0
                    ? 0x1B : UInt8.random(in: 0...255, using: &noise)
            }
            for terms in sets {
                let set = SpecificCharacterSet(terms: terms)
                #expect(!set.decodeValues(bytes[...], vr: .pn).isEmpty)
            }
        }
    }

    @Test func `a character outside the set cannot be encoded`() {
        #expect(SpecificCharacterSet.default.encode("é", vr: .pn) == nil)
        #expect(SpecificCharacterSet.latin1.encode("Ł", vr: .pn) == nil)
        #expect(SpecificCharacterSet.utf8.encode("é", vr: .cs) == nil)
    }
}
