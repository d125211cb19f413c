/// Which key signs a log at which size, by the keys a reader trusts and the log's records of their changes.
///
/// A change carries trust forward where both keys signed a right root over its record, and backward where
/// the new key did: it then vouches for the record that names the old one. From its record on the old key
/// alone signs nothing.
struct LogKeys {
    private let trusted: [NoteKey]
    private let changes: [RecordNotes.KeyChange]
    /// Of the key after each change: whether the key before signed with it, and whether it signed at all.
    private var links: [(forward: Bool, backward: Bool)]

    /// The first change that does not replace the key that the one before it brought; nil if all do.
    let wrongChange: Int64?

    init(trusted: [NoteKey], changes: [RecordNotes.KeyChange]) {
        self.trusted = trusted
        self.changes = changes
        links = changes.map { _ in (false, false) }
        wrongChange = zip(changes, changes.dropFirst()).first { $0.new != $1.old }?.1.sequence
    }

    /// Takes a note whose root is right.
    mutating func note(_ note: SignedNote, size: Int64) {
        let place = period(ofSize: size)
        guard place > 0, note.isSigned(by: changes[place - 1].new) else { return }
        links[place - 1].backward = true
        if note.isSigned(by: changes[place - 1].old) { links[place - 1].forward = true }
    }

    /// Whether a note is signed by the log, as far as the reader can tell.
    func sign(_ note: SignedNote, size: Int64) -> Bool {
        guard !changes.isEmpty else { return trusted.contains(where: note.isSigned(by:)) }
        let place = period(ofSize: size)
        let key = place == 0 ? changes[0].old : changes[place - 1].new
        return isTrusted(place) && note.isSigned(by: key)
    }

    /// The number of changes that a checkpoint of a size covers.
    private func period(ofSize size: Int64) -> Int {
        changes.prefix { $0.sequence < size }.count
    }

    private func isTrusted(_ place: Int) -> Bool {
        let keys = [changes[0].old] + changes.map(\.new)
        guard !trusted.contains(keys[place]) else { return true }
        let forward = keys.indices.prefix(place).reversed().first { trusted.contains(keys[$0]) }
        if let forward, (forward..<place).allSatisfy({ links[$0].forward }) { return true }
        let backward = keys.indices.dropFirst(place + 1).first { trusted.contains(keys[$0]) }
        return backward.map { (place..<$0).allSatisfy { links[$0].backward } } ?? false
    }
}
