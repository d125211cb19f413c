/// How the ends of sequences and items are marked in a written file.
package enum SequenceLengths: Hashable, Sendable, CaseIterable {
    /// By lengths; nothing can hide behind a delimiter.
    case defined
    /// By delimiters, as many scanners write.
    case undefined
}
