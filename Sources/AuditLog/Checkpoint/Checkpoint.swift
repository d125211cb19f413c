import Foundation

/// What a log says about itself: its name, its size and its root (C2SP `tlog-checkpoint`).
package struct Checkpoint: Sendable, Hashable {
    /// The name of the log.
    package let origin: String
    /// The number of records.
    package let size: Int64
    /// The root of the tree over them.
    package let root: MerkleHash

    /// A checkpoint.
    package init(origin: String, size: Int64, root: MerkleHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note; further lines are extensions and are not read.
    package init(parsing text: String) throws(AuditLogError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", !lines[0].isEmpty,
            let size = Int64(lines[1]), size >= 0, String(size) == lines[1],
            let bytes = Data(base64Encoded: String(lines[2])),
            let root = MerkleHash(bytes: bytes), bytes.base64EncodedString() == lines[2]
        else { throw AuditLogError(.notCanonical, field: "checkpoint") }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// The text of the note: name, size, root.
    package var text: String {
        "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
    }

    /// The note signed by the log.
    package func signed(by signer: NoteSigner) throws(AuditLogError) -> SignedNote {
        var note = SignedNote(text: text)
        try note.sign(with: signer)
        return note
    }
}
