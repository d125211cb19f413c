import Deidentification
import Testing

@Suite struct IdentifierMapTests {
    private func map(seed: UInt8 = 0) throws -> IdentifierMap {
        IdentifierMap(key: try DeidentificationKey(bytes: (0..<32).map { $0 &+ seed }))
    }

    /// Computed with Python's hmac and hashlib from the description of the scheme.
    @Test func `the maps are HKDF and HMAC as described`() throws {
        let map = try map()
        #expect(map.uid("1.2.3.4") == "2.25.136808723883234220003179418514066966014")
        #expect(map.pseudonym(patientID: "4711", issuer: "HOSP") == "PWRVXRDVPS3VBP8RN")
        #expect(map.dateShiftDays(patientID: "4711", issuer: "HOSP") == -769)
    }

    @Test func `identifiers of the standard stay and those that only pretend are replaced`() throws
    {
        let map = try map()
        #expect(map.uid("1.2.840.10008.5.1.4.1.1.2") == "1.2.840.10008.5.1.4.1.1.2")
        #expect(map.uid("1.2.840.10008.44018.19410309").hasPrefix("2.25."))
    }

    @Test func `images are valid, distinct and change with the key`() throws {
        let (map, other) = (try map(), try map(seed: 1))
        let olds = (0..<500).map { "1.2.3.\($0)" }
        let images = olds.map(map.uid)
        #expect(Set(images).count == olds.count)
        #expect(images.allSatisfy { $0.utf8.count <= 44 && !$0.hasPrefix("2.25.0") })
        #expect(Set(images).isDisjoint(with: olds.map(other.uid)))
        #expect(
            map.pseudonym(patientID: "A", issuer: "")
                != other.pseudonym(patientID: "A", issuer: "")
        )
    }

    @Test func `patients of one number at two issuers are two patients`() throws {
        let map = try map()
        #expect(
            map.pseudonym(patientID: "A", issuer: "X")
                != map.pseudonym(patientID: "A", issuer: "Y")
        )
        #expect(
            map.pseudonym(patientID: "AX", issuer: "")
                != map.pseudonym(patientID: "A", issuer: "X")
        )
    }

    @Test func `shifts lie between 30 and 3650 days and differ between patients`() throws {
        let map = try map()
        let shifts = (0..<500).map { map.dateShiftDays(patientID: "P\($0)", issuer: "") }
        #expect(shifts.allSatisfy { (-3650 ... -30).contains($0) })
        #expect(Set(shifts).count > 400)
    }

    @Test func `a key has 32 bytes`() throws {
        #expect(throws: DeidentificationError.self) {
            try DeidentificationKey(bytes: [UInt8](repeating: 1, count: 16))
        }
        var generator = SystemRandomNumberGenerator()
        #expect(DeidentificationKey.generate(using: &generator).count == 32)
    }
}
