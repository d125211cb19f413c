import CanonicalJSON
import Foundation
import Testing

@Suite struct CodableBridgeTests {
    private struct Round: Codable, Hashable {
        var number: Int
        var loss: Double
        var sites: [String: Int]
        var note: String?
        var extra: JSONValue
        var opened: Date
    }

    private let round = Round(
        number: 3,
        loss: 0.1,
        sites: ["b": 2, "a": 1],
        note: nil,
        extra: ["x": [1, 2.5, nil, "t", true]],
        opened: Date(timeIntervalSince1970: 1_700_000_000.25)
    )

    @Test func `values encode to canonical bytes and decode to themselves`() throws {
        let bytes = try CanonicalEncoder().encode(round)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"extra":{"x":[1,2.5,null,"t",true]},"loss":0.1,"number":3,"#
                + #""opened":1700000000250,"sites":{"a":1,"b":2}}"#
        )
        #expect(try CanonicalDecoder().decode(Round.self, from: bytes) == round)
    }

    @Test func `a tree passes the bridge unchanged`() throws {
        let tree: JSONValue = ["a": [1, 0.25, "é", nil, ["k": false]]]
        #expect(try CanonicalEncoder().jsonValue(of: tree) == tree)
        let bytes = tree.canonicalBytes
        #expect(try CanonicalDecoder().decode(JSONValue.self, from: bytes) == tree)
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) == tree)
    }

    @Test func `values without a JSON form are refused`() {
        #expect(throws: JSONError(.notEncodable, path: "loss")) {
            var bad = round
            bad.loss = .nan
            _ = try CanonicalEncoder().encode(bad)
        }
        #expect(throws: JSONError.self) { try CanonicalEncoder().encode(["seed": UInt64.max]) }
    }

    @Test func `a member that does not fit is named by its path and not by its value`() throws {
        let bytes = Array(#"{"rounds":[{"number":1},{"number":"SECRET"}]}"#.utf8)
        struct Run: Codable { var rounds: [Item] }
        struct Item: Codable { var number: Int }
        let error = #expect(throws: JSONError.self) {
            try CanonicalDecoder().decode(Run.self, from: bytes)
        }
        #expect(error?.path == "rounds[1].number")
        #expect(error?.description.contains("SECRET") == false)
    }

    @Test func `the strict rules hold before decoding`() {
        #expect(throws: JSONError(.duplicateKey, offset: 7)) {
            try CanonicalDecoder().decode([String: Int].self, from: Array(#"{"a":1,"a":2}"#.utf8))
        }
    }
}
