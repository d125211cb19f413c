/// Reads the members of a leaf at their fixed places, without building a tree.
///
/// The RFC 8785 form of a record is one fixed order of keys, digits and letters without escapes, so
/// whatever this scanner takes is canonical. It is what makes a million records take seconds.
struct LeafScanner {
    /// The other party's checkpoint that a record names; texts as places in the leaf.
    struct Sighting {
        var log: Range<Int>
        var root: Range<Int>
        var size: Int64
    }

    /// What a verifier needs of a record; texts as places in the leaf.
    struct Fields {
        var sequence: Int64 = 0
        var milliseconds: Int64 = 0
        var round: Int64?
        var act = 0..<0
        var actorID = 0..<0
        var actorKind = 0..<0
        var new: Range<Int>?
        var old: Range<Int>?
        var objectSHA256: Range<Int>?
        var outcome: Int64 = 0
        var sighting: Sighting?
        var boot = 0..<0
        var dicomCode = 0..<0
        var log = 0..<0
        var objectID: Range<Int>?
        var previous = 0..<0
        var study: Range<Int>?
        var why: Range<Int>?
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The fields of a leaf; nil unless it is a canonical record of version 1.
    static func scan(_ bytes: [UInt8]) -> Fields? {
        var scanner = LeafScanner(bytes)
        return scanner.record()
    }

    private mutating func record() -> Fields? {
        var fields = Fields()
        guard take(#"{"act":""#), let act = token(), take(#"","actor":{"#) else { return nil }
        fields.act = act
        if take(#""cert":""#) { guard hex(64), take(#"","#) else { return nil } }
        guard take(#""id":""#), let actor = token(), take(#"","kind":""#), let kind = token(),
            take(#""},"boot":""#)
        else { return nil }
        (fields.actorID, fields.actorKind) = (actor, kind)
        let boot = position
        guard hex(16), take(#"","#) else { return nil }
        fields.boot = boot..<boot + 16
        if take(#""corr":""#) { guard token() != nil, take(#"","#) else { return nil } }
        guard take(#""dcm":""#), let code = token(), take(#"","log":""#), let log = token(),
            take(#"","mono":"#), number() != nil, take(",")
        else { return nil }
        (fields.dicomCode, fields.log) = (code, log)
        return middle(&fields) && end(&fields) ? fields : nil
    }

    private mutating func middle(_ fields: inout Fields) -> Bool {
        if take(#""n":"#) { guard number() != nil, take(",") else { return false } }
        if take(#""new":""#) {
            fields.new = token()
            guard fields.new != nil, take(#"","#) else { return false }
        }
        if take(#""old":""#) {
            fields.old = token()
            guard fields.old != nil, take(#"","#) else { return false }
        }
        if take(#""on":{"id":""#) {
            guard let id = token(), take(#"","kind":""#), token() != nil, take("\"") else {
                return false
            }
            fields.objectID = id
            if take(#","sha256":""#) {
                fields.objectSHA256 = position..<position + 64
                guard hex(64), take("\"") else { return false }
            }
            guard take("},") else { return false }
        }
        guard take(#""outcome":"#), let outcome = number(), [0, 4, 8, 12].contains(outcome),
            take(#","prev":""#)
        else { return false }
        fields.outcome = outcome
        fields.previous = position..<position + 64
        return hex(64) && take(#"","#)
    }

    private mutating func end(_ fields: inout Fields) -> Bool {
        if take(#""round":"#) {
            fields.round = number()
            guard fields.round != nil, take(",") else { return false }
        }
        guard sighting(&fields) else { return false }
        guard take(#""seq":"#), let sequence = number(), take(",") else { return false }
        fields.sequence = sequence
        if take(#""study":""#) {
            fields.study = token()
            guard fields.study != nil, take(#"","#) else { return false }
        }
        guard take(#""t":"#), let time = number(), take(#","v":1"#) else { return false }
        fields.milliseconds = time
        if take(#","why":""#) {
            fields.why = token()
            guard fields.why != nil, take("\"") else { return false }
        }
        return take("}") && position == bytes.count
    }

    private mutating func sighting(_ fields: inout Fields) -> Bool {
        guard take(#""see":{"log":""#) else { return true }
        guard let log = token(), take(#"","root":""#) else { return false }
        let root = position..<position + 64
        guard hex(64), take(#"","size":"#), let size = number(), take("},") else { return false }
        fields.sighting = Sighting(log: log, root: root, size: size)
        return true
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for index in 0..<count {
            guard unsafe bytes[position + index] == literal.utf8Start[index] else { return false }
        }
        position += count
        return true
    }

    private mutating func token() -> Range<Int>? {
        let start = position
        while position < bytes.count, AuditField.isTokenByte(bytes[position]) { position += 1 }
        let length = position - start
        return (1...AuditField.lengthMaxBytes).contains(length) ? start..<position : nil
    }

    private mutating func hex(_ digits: Int) -> Bool {
        guard bytes.count - position >= digits else { return false }
        for index in position..<position + digits {
            let byte = bytes[index]
            guard (48...57).contains(byte) || (97...102).contains(byte) else { return false }
        }
        position += digits
        return true
    }

    private mutating func number() -> Int64? {
        let start = position
        var value: Int64 = 0
        while position < bytes.count, case let digit = bytes[position], (48...57).contains(digit) {
            guard position - start < 16 else { return nil }
            value = value * 10 + Int64(digit - 48)
            position += 1
        }
        let hasLeadingZero = position - start > 1 && bytes[start] == 48
        guard position > start, !hasLeadingZero, value <= 9_007_199_254_740_991 else { return nil }
        return value
    }
}
