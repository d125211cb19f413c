/// The records of a bundle one after the other: form, number, link, time, and what they say.
struct RecordCheck {
    private let log: [UInt8]
    private var previous = MerkleHash(hex: LeafHash.beforeFirst)
    private var pending: (fault: AuditFault, needsNext: Bool)?
    private var replay = SemanticReplay()
    private var lastBoot: ArraySlice<UInt8> = []
    private var lastTime: Int64 = 0
    private var isBroken = false

    /// The tree over the records taken so far.
    private(set) var frontier = MerkleFrontier()
    /// The records that were read, also after a fault.
    private(set) var count: Int64 = 0
    /// What is wrong: the first fault of form, number or link, and impossible acts.
    private(set) var faults: [AuditFault] = []
    /// Wall time of the first and the last record.
    private(set) var period: ClosedRange<Int64>?
    /// Records with an earlier wall time than the one before, written by one process.
    private(set) var clockSetBack: [Int64] = []

    init(log: String) { self.log = Array(log.utf8) }

    /// Takes the next record.
    mutating func add(_ leaf: [UInt8]) {
        let expected = count
        count += 1
        let hash = MerkleHash.leaf(leaf)
        let fields = LeafScanner.scan(leaf)
        resolve(fields, leaf)
        if !isBroken { check(fields, leaf, expected: expected) }
        if let fields { note(fields, leaf) }
        frontier.append(hash)
        previous = hash
    }

    /// Ends the records.
    mutating func finish() {
        if let pending { faults.insert(pending.fault, at: 0) }
        pending = nil
        if faults.isEmpty { faults = replay.faults }
    }

    private mutating func check(
        _ fields: LeafScanner.Fields?,
        _ leaf: [UInt8],
        expected: Int64
    ) {
        guard let fields else { return fail(.malformed, at: expected) }
        if fields.sequence < expected { return fail(.duplicated, at: fields.sequence) }
        // A number that is only swapped comes later; one that is missing does not.
        if fields.sequence > expected { return fail(.missing, at: expected, needsNext: true) }
        if !leaf[fields.log].elementsEqual(log) { return fail(.foreign, at: expected) }
        guard MerkleHash(hexDigits: leaf[fields.previous]) == previous else {
            // Whichever record the next one does not continue was altered.
            return expected == 0
                ? fail(.brokenLink, at: 0) : fail(.altered, at: expected - 1, needsNext: true)
        }
        replay.take(fields, leaf)
    }

    private mutating func fail(_ kind: AuditFault.Kind, at sequence: Int64, needsNext: Bool = false)
    {
        isBroken = true
        if needsNext {
            pending = (AuditFault(kind, at: sequence), true)
        } else {
            faults.append(AuditFault(kind, at: sequence))
        }
    }

    private mutating func resolve(_ fields: LeafScanner.Fields?, _ leaf: [UInt8]) {
        guard let pending, let fields else { return }
        switch pending.fault.kind {
        case .altered where pending.needsNext:
            let continues = MerkleHash(hexDigits: leaf[fields.previous]) == previous
            let altered = pending.fault.sequence + (continues ? 0 : 1)
            self.pending = (AuditFault(.altered, at: altered), false)
        case .missing where fields.sequence == pending.fault.sequence:
            self.pending = (AuditFault(.reordered, at: fields.sequence), false)
        default: break
        }
    }

    private mutating func note(_ fields: LeafScanner.Fields, _ leaf: [UInt8]) {
        let boot = leaf[fields.boot]
        if boot == lastBoot && fields.milliseconds < lastTime {
            clockSetBack.append(fields.sequence)
        }
        (lastBoot, lastTime) = (boot, fields.milliseconds)
        let low = min(period?.lowerBound ?? fields.milliseconds, fields.milliseconds)
        period = low...max(period?.upperBound ?? low, fields.milliseconds)
    }
}
