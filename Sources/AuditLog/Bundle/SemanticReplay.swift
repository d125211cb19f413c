/// What the records say, replayed: an update counts once, from an admitted site, in an open round
/// or, where the record says so, late for the next one.
struct SemanticReplay {
    private var admitted: Set<String> = []
    private var openRounds: Set<String> = []
    private var counted: Set<String> = []

    /// The records that say what could not have happened.
    private(set) var faults: [AuditFault] = []

    private static let acts: [String: AuditAct] = Dictionary(
        uniqueKeysWithValues: [
            AuditAct.siteEnrol, .siteApprove, .siteRevoke, .roundOpen, .roundClose,
            .roundUpdateAccept,
        ].map { ($0.rawValue, $0) }
    )

    /// Takes the next record.
    mutating func take(_ fields: LeafScanner.Fields, _ leaf: [UInt8]) {
        // Nearly all records of a site's log begin otherwise; spare them the text.
        let first = leaf[fields.act.lowerBound]
        guard first == UInt8(ascii: "s") || first == UInt8(ascii: "r"),
            let act = Self.acts[Self.text(fields.act, leaf)]
        else { return }
        let object = fields.objectID.map { Self.text($0, leaf) } ?? ""
        let round = (fields.study.map { Self.text($0, leaf) } ?? "") + "#\(fields.round ?? 0)"
        switch act {
        case .siteEnrol, .siteApprove: admitted.insert(object)
        case .siteRevoke: admitted.remove(object)
        case .roundOpen: openRounds.insert(round)
        case .roundClose: openRounds.remove(round)
        case .roundUpdateAccept:
            let actor = Self.text(fields.actorID, leaf)
            let isNew = counted.insert("\(round)#\(actor)").inserted
            let isLate = fields.why.map { Self.text($0, leaf) } == "late"
            let isInTime = openRounds.contains(round) || isLate
            if !isNew || !isInTime || !admitted.contains(actor) {
                faults.append(AuditFault(.impossible, at: fields.sequence))
            }
        default: break
        }
    }

    private static func text(_ range: Range<Int>, _ leaf: [UInt8]) -> String {
        String(decoding: leaf[range], as: UTF8.self)
    }
}
