/// The keys an auditor trusts, from a file that came another way than the bundle.
package struct TrustedKeys: Sendable, Hashable {
    /// Keys of logs and witnesses.
    package let keys: [NoteKey]

    /// These keys.
    package init(_ keys: [NoteKey]) { self.keys = keys }

    /// Reads a key a line; lines that are empty or begin with `#` are skipped.
    package init(parsing text: String) throws(AuditLogError) {
        var keys: [NoteKey] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let trimmed = line.trimmingPrefix { $0 == " " }
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            keys.append(try NoteKey(parsing: String(trimmed)))
        }
        guard !keys.isEmpty else { throw AuditLogError(.noTrust) }
        self.keys = keys
    }

    /// The keys under which the log of this name signs.
    package func logKeys(of origin: String) -> [NoteKey] {
        keys.filter { $0.kind == .log && $0.name == origin }
    }

    /// The witnesses that cosigned the note, ascending by name, each once.
    package func witnesses(of note: SignedNote) -> [BundleVerdict.Witness] {
        var times: [String: UInt64] = [:]
        for key in keys {
            guard let time = note.cosignatureTime(by: key) else { continue }
            times[key.name] = max(time, times[key.name] ?? 0)
        }
        return times.sorted { $0.key < $1.key }.map {
            BundleVerdict.Witness(name: $0.key, time: $0.value)
        }
    }
}
