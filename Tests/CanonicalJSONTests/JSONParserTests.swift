import CanonicalJSON
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    @Test func `every kind of value is read`() throws {
        let value = try parse(
            #" { "a" : [ 1 , -2.5e3 , true , false , null ] , "b" : { } , "#
                + #""c" : "\u00e9\ud83d\ude00\n" } "#
        )
        #expect(value["a"] == [1, -2500, true, false, nil])
        #expect(value["b"] == [:])
        #expect(value["c"]?.stringValue == "é😀\n")
        #expect(value["a"]?[1]?.integerValue == -2500)
        #expect(value["a"]?[9] == nil)
    }

    @Test(
        arguments: [
            ("", JSONError.Code.unexpectedEnd, 0),
            ("[1,", .unexpectedEnd, 3),
            ("[1,]", .unexpectedByte, 3),
            ("{\"a\":1,}", .unexpectedByte, 7),
            ("{a:1}", .unexpectedByte, 1),
            ("[1 2]", .unexpectedByte, 3),
            ("nul", .unexpectedEnd, 3),
            ("nulk", .unexpectedByte, 3),
            ("1 1", .trailingBytes, 2),
            ("// c\n1", .unexpectedByte, 0),
            ("01", .invalidNumber, 0),
            ("-", .unexpectedEnd, 1),
            ("-a", .invalidNumber, 1),
            ("-01", .invalidNumber, 0),
            ("1.", .invalidNumber, 2),
            (".5", .unexpectedByte, 0),
            ("1e", .invalidNumber, 2),
            ("1e999", .invalidNumber, 0),
            ("NaN", .unexpectedByte, 0),
            ("9007199254740992", .unsafeInteger, 0),
            ("-99999999999999999999", .unsafeInteger, 0),
            ("\"\u{1}\"", .unexpectedByte, 1),
            ("\"abc", .unexpectedEnd, 4),
            (#""\x""#, .invalidEscape, 1),
            (#""\ud800""#, .invalidEscape, 1),
            (#""\ud800\u0041""#, .invalidEscape, 1),
            (#""\udc00""#, .invalidEscape, 1),
            (#""\u00g0""#, .invalidEscape, 1),
            (#"{"a":1,"a":2}"#, .duplicateKey, 7),
            (#"{"a":1,"\u0061":2}"#, .duplicateKey, 7),
            ("{\"\u{e9}\":1,\"e\u{301}\":2}", .duplicateKey, 8),
        ] as [(String, JSONError.Code, Int)]
    )
    func `anything but strict JSON is refused with its offset`(
        text: String,
        code: JSONError.Code,
        offset: Int
    ) {
        #expect(throws: JSONError(code, offset: offset)) { try parse(text) }
    }

    @Test func `text that is not UTF-8 is refused`() {
        for bytes in [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect(throws: JSONError(.invalidUTF8, offset: 0)) {
                try JSONValue(parsing: bytes.map(UInt8.init))
            }
        }
    }

    @Test func `depth and length have limits`() throws {
        let nested = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try parse(nested(32))
        #expect(throws: JSONError(.tooDeep, offset: 32)) { try parse(nested(33)) }
        #expect(throws: JSONError(.tooDeep, offset: 32)) { try parse(nested(1_000_000)) }
        #expect(throws: JSONError(.tooLarge, offset: 4)) {
            try JSONValue(parsing: Array("12345".utf8), limits: JSONLimits(maximumBytes: 4))
        }
    }

    @Test func `truncation at any byte is an error and never a crash`() throws {
        let text = Array(#"{"a":[1.5e-3,"\ud83d\ude00",true],"b":{"c":null}}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<length])) }
        }
    }

    @Test func `errors tell what happened, where and what to do`() {
        let error = JSONError(.unsafeInteger, offset: 12)
        #expect(
            error.description
                == "JSON: a whole number outside ±(2^53 − 1); send it as a string at byte 12"
        )
        for code in JSONError.Code.allCases {
            #expect(!JSONError(code).description.hasSuffix(code.rawValue))
        }
    }
}
