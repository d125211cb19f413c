/// The records of a log one after the other: form, number, link, name, time, and what they say.
struct RecordCheck {
    private let log: [UInt8]
    private var name: [UInt8] = []
    private var nameSince: Int64 = 0
    private var previous = MerkleHash.zero
    private var pending: AuditFault?
    private var replay = SemanticReplay()
    private var lastBoot: ArraySlice<UInt8> = []
    private var lastTime: Int64 = 0
    private var isBroken = false

    /// The tree over the records taken so far.
    private(set) var frontier = MerkleFrontier()
    /// What is wrong: the first fault of form, number or link, and impossible acts.
    private(set) var faults: [AuditFault] = []
    /// What is not wrong but is to be seen.
    private(set) var notes = RecordNotes()

    init(log: String) { self.log = Array(log.utf8) }

    /// The records that were read, also after a fault.
    var count: Int64 { frontier.size }

    /// Takes the next record, and the hash under which a store keeps it.
    mutating func add(_ leaf: [UInt8], storedHash: MerkleHash? = nil) {
        let expected = count
        let hash = MerkleHash.leaf(leaf)
        let fields = LeafScanner.scan(leaf)
        resolve(fields, leaf)
        if !isBroken, let storedHash, storedHash != hash { fail(.altered, at: expected) }
        let act = fields.flatMap { Self.acts[String(decoding: leaf[$0.act], as: UTF8.self)] }
        if !isBroken { check(fields, act, leaf, expected: expected) }
        if let fields { note(fields, leaf, isKnown: act != nil) }
        frontier.append(hash)
        previous = hash
    }

    /// Ends the records.
    mutating func finish() {
        if let pending { faults.insert(pending, at: 0) }
        pending = nil
        if !isBroken && count > 0 && name != log {
            faults.append(AuditFault(.foreign, at: nameSince))
        }
        if faults.isEmpty { faults = replay.faults }
    }

    private mutating func check(
        _ fields: LeafScanner.Fields?,
        _ act: AuditAct?,
        _ leaf: [UInt8],
        expected: Int64
    ) {
        guard let fields else { return fail(.malformed, at: expected) }
        if fields.sequence < expected { return fail(.duplicated, at: fields.sequence) }
        // A number that is only swapped comes later; one that is missing does not.
        if fields.sequence > expected { return wait(.missing, at: expected) }
        guard MerkleHash(hexDigits: leaf[fields.previous]) == previous else {
            // Whichever record the next one does not continue was altered.
            return expected == 0
                ? fail(.brokenLink, at: 0) : wait(.altered, at: expected - 1)
        }
        guard takeName(fields, act, leaf) else { return fail(.foreign, at: expected) }
        if let act { replay.take(act, fields, leaf) }
    }

    /// All records bear one name; only a record that adopts the log gives it another.
    private mutating func takeName(
        _ fields: LeafScanner.Fields,
        _ act: AuditAct?,
        _ leaf: [UInt8]
    ) -> Bool {
        let bears = leaf[fields.log]
        if name.elementsEqual(bears) { return true }
        let isFirst = fields.sequence == 0
        let isAdoption =
            act == .treeAdopt
            && fields.old.map { leaf[$0].elementsEqual(name) } == true
        guard isFirst || isAdoption else { return false }
        (name, nameSince) = (Array(bears), fields.sequence)
        return true
    }

    private mutating func fail(_ kind: AuditFault.Kind, at sequence: Int64) {
        isBroken = true
        faults.append(AuditFault(kind, at: sequence))
    }

    /// A fault whose name depends on the records that follow.
    private mutating func wait(_ kind: AuditFault.Kind, at sequence: Int64) {
        isBroken = true
        needsNext = true
        pending = AuditFault(kind, at: sequence)
    }

    private var needsNext = false

    private mutating func resolve(_ fields: LeafScanner.Fields?, _ leaf: [UInt8]) {
        guard let pending, let fields else { return }
        switch pending.kind {
        case .altered where needsNext:
            let continues = MerkleHash(hexDigits: leaf[fields.previous]) == previous
            self.pending = AuditFault(.altered, at: pending.sequence + (continues ? 0 : 1))
        case .missing where fields.sequence == pending.sequence:
            self.pending = AuditFault(.reordered, at: fields.sequence)
        default: break
        }
        needsNext = false
    }

    private static let acts = Dictionary(
        uniqueKeysWithValues: AuditAct.allCases.map { ($0.rawValue, $0) }
    )

    private mutating func note(
        _ fields: LeafScanner.Fields,
        _ leaf: [UInt8],
        isKnown: Bool
    ) {
        let boot = leaf[fields.boot]
        if boot == lastBoot && fields.milliseconds < lastTime {
            notes.clockSetBack.append(fields.sequence)
        }
        (lastBoot, lastTime) = (boot, fields.milliseconds)
        notes.add(fields, leaf, isKnown: isKnown)
    }
}
