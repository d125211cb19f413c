import CanonicalJSON
import Testing

@Suite struct CanonicalFormTests {
    @Test func `the example of RFC 8785 section 3.2.2 has the bytes of section 3.2.4`() throws {
        let text = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try JSONValue(parsing: Array(text.utf8)).canonicalText == expected)
    }

    @Test func `keys are sorted by UTF-16 code units as RFC 8785 section 3.2.3 shows`() throws {
        let value: JSONValue = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        let values = Set((value.objectValue ?? [:]).values.compactMap(\.stringValue))
        let order = value.canonicalText.split(separator: "\"").map(String.init)
        #expect(
            order.filter(values.contains) == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis",
                "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet",
            ]
        )
    }

    @Test func `only canonical bytes pass the canonical reader`() throws {
        let good = #"{"a":1,"b":[0.5,"\n"]}"#
        #expect(try JSONValue(parsingCanonical: Array(good.utf8)).canonicalText == good)
        for bad in [
            #"{"b":[0.5,"\n"],"a":1}"#, #"{"a": 1}"#, #"{"a":1.0}"#, #"{"a":"\u000a"}"#,
            #"{"a":1e0}"#, #"{"a":-0}"#, #"{"a":"\/"}"#,
        ] {
            #expect(throws: JSONError.self, "\(bad)") {
                try JSONValue(parsingCanonical: Array(bad.utf8))
            }
        }
    }

    @Test func `equality and hashing follow the bytes`() {
        #expect(JSONValue.integer(3) == .number(3))
        #expect(Set([JSONValue.integer(3), .number(3), .number(3.5)]).count == 2)
        #expect(JSONValue.integer(1) != .bool(true))
        #expect(JSONValue.string("\u{e9}") != .string("e\u{301}"))
        #expect(JSONValue.number(-0.0) == .integer(0))
    }
}
