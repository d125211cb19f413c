/// What a reader of a log is to see, though nothing is wrong with it.
package struct RecordNotes: Sendable, Hashable {
    /// What a record says of the other party's log.
    package struct Sighting: Sendable, Hashable {
        /// The record.
        package let sequence: Int64
        /// The other log.
        package let log: String
        /// The size it had.
        package let size: Int64
        /// The root it had, 64 hexadecimal digits.
        package let root: String
    }

    /// A change of the key that signs the log.
    package struct KeyChange: Sendable, Hashable {
        /// The record.
        package let sequence: Int64
        /// The key before.
        package let old: NoteKey
        /// The key after.
        package let new: NoteKey
    }

    /// The changes of the log's key, oldest first.
    package internal(set) var keyChanges: [KeyChange] = []
    /// Wall time of the first and the last record, milliseconds since 1970.
    package internal(set) var period: ClosedRange<Int64>?
    /// Records with an earlier wall time than the one before, written by one process.
    ///
    /// No proof of tampering (a clock was set), but an auditor wants to see them.
    package internal(set) var clockSetBack: [Int64] = []
    /// Records of a refusal or of an alarm: outcome 8 or 12 of RFC 3881, or DCM 110113.
    package internal(set) var alerts: [Int64] = []
    /// The first record whose act this version does not know; nil if it knows all.
    package internal(set) var unknownAct: Int64?
    /// What was seen of other logs, oldest first.
    package internal(set) var sightings: [Sighting] = []

    mutating func add(_ fields: LeafScanner.Fields, _ leaf: [UInt8], isKnown: Bool) {
        let time = fields.milliseconds
        period = min(period?.lowerBound ?? time, time)...max(period?.upperBound ?? time, time)
        if !isKnown && unknownAct == nil { unknownAct = fields.sequence }
        if fields.outcome >= 8 || leaf[fields.dicomCode].elementsEqual("110113".utf8) {
            alerts.append(fields.sequence)
        }
        noteKeyChange(fields, leaf)
        guard let seen = fields.sighting else { return }
        sightings.append(
            Sighting(
                sequence: fields.sequence,
                log: String(decoding: leaf[seen.log], as: UTF8.self),
                size: seen.size,
                root: String(decoding: leaf[seen.root], as: UTF8.self)
            )
        )
    }

    private mutating func noteKeyChange(_ fields: LeafScanner.Fields, _ leaf: [UInt8]) {
        guard leaf[fields.act].elementsEqual(AuditAct.keyRotate.rawValue.utf8) else { return }
        func key(_ range: Range<Int>?) -> NoteKey? {
            range.flatMap {
                try? NoteKey(parsing: String(decoding: leaf[$0], as: UTF8.self), kind: .log)
            }
        }
        guard let old = key(fields.old), let new = key(fields.new) else { return }
        keyChanges.append(KeyChange(sequence: fields.sequence, old: old, new: new))
    }
}
