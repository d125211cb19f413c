import AuditLog
import CanonicalJSON
import Testing

@Suite struct AuditRecordTests {
    @Test func `a leaf is canonical JSON of integers and short words, and comes back`() throws {
        let record = try AuditRecord(
            log: "coordinator",
            sequence: 7,
            stamp: TestLog.stamp(7),
            previous: .zero,
            entry: TestLog.entry(7)
        )
        #expect(try AuditRecord(leaf: record.leaf) == record)
        let json = try JSONValue(parsingCanonical: record.leaf)
        #expect(json["act"]?.stringValue == "round.update.accept")
        #expect(json["dcm"]?.stringValue == "110107" && json["outcome"]?.integerValue == 0)
        #expect(json["seq"]?.integerValue == 7 && json["why"] == nil)
    }

    @Test func `the bytes are those of version 1`() throws {
        let record = try AuditRecord(
            log: "coordinator",
            sequence: 0,
            stamp: TestLog.stamp(0),
            previous: .zero,
            entry: AuditEntry(
                .siteRevoke,
                by: AuditActor(.operator, "operator"),
                on: AuditObject("site", "site-a"),
                old: "active",
                new: "revoked"
            )
        )
        let expected =
            #"{"act":"site.revoke","actor":{"id":"operator","kind":"operator"},"#
            + #""boot":"00000000000000aa","dcm":"110136","log":"coordinator","mono":0,"#
            + #""new":"revoked","old":"active","on":{"id":"site-a","kind":"site"},"outcome":0,"#
            + #""prev":"\#(MerkleHash.zero)","seq":0,"t":1790000000000,"v":1}"#
        #expect(String(decoding: record.leaf, as: UTF8.self) == expected)
    }

    @Test(arguments: ["two words", "", "Müller^Hans", "a\nb", String(repeating: "x", count: 256)])
    func `free text is refused and not repeated`(text: String) {
        let entry = AuditEntry(
            .planDecline,
            by: AuditActor(.site, "site-a"),
            reason: text
        )
        let error = #expect(throws: AuditLogError.self) {
            try AuditRecord(
                log: "site",
                sequence: 0,
                stamp: TestLog.stamp(0),
                previous: .zero,
                entry: entry
            )
        }
        #expect(error == AuditLogError(.invalidField, field: "why"))
        #expect(text.isEmpty || error?.description.contains(text) == false)
    }

    @Test(
        arguments: [
            (#""v":1"#, #""v":2"#), (#""act":"round.update.accept""#, #""act":"round.dance""#),
            (#""dcm":"110107""#, #""dcm":"110106""#), (#""outcome":0"#, #""outcome":3"#),
            (#""seq":7"#, #""seq":7.5"#), (#""study":"run""#, #""study":"run","zz":1"#),
            (#""study":"run""#, #""study":5"#), (#""round":7"#, #""round":"7""#),
        ])
    func `a leaf this program would not have written is refused`(old: String, new: String) throws {
        let record = try AuditRecord(
            log: "coordinator",
            sequence: 7,
            stamp: TestLog.stamp(7),
            previous: .zero,
            entry: TestLog.entry(7)
        )
        let text = String(decoding: record.leaf, as: UTF8.self)
        #expect(text.contains(old))
        let changed = text.replacing(old, with: new)
        #expect(throws: AuditLogError.self) { try AuditRecord(leaf: Array(changed.utf8)) }
    }

    @Test func `every act has a code of DICOM PS3_15 A_5 and a distinct name`() {
        let codes: Set<String> = [
            "110100", "110101", "110104", "110106", "110107", "110112", "110113", "110114",
            "110126", "110129", "110131", "110132", "110133", "110134", "110136",
        ]
        for act in AuditAct.allCases { #expect(codes.contains(act.dicomCode)) }
        #expect(Set(AuditAct.allCases.map(\.rawValue)).count == AuditAct.allCases.count)
    }

    @Test func `a leaf hash is that of RFC 6962`() {
        // RFC 6962 section 2.1: the hash of an empty leaf is SHA-256 of one zero byte.
        #expect(
            MerkleHash.leaf([]).hex
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )
    }
}
