import DICOM
import Synchronization

/// What was found out about the last file, kept for the next one that says the same of its patient.
///
/// Files of a series share nearly all their texts: names are taken apart and texts cleaned once.
/// The results are those that each file alone would give.
final class SeriesMemory: Sendable {
    /// What depends on nothing but ``IdentityTokens/sources(in:)``.
    struct Knowledge: Sendable {
        let sources: [DataElement]
        let cleaner: TextCleaner
        let verification: OutputVerification
        /// What became of top-level texts.
        var texts: [DataElement: RebuiltText] = [:]
    }

    /// What becomes of a text under the rules.
    struct RebuiltText: Sendable {
        /// The element that stays; nil if it is dropped.
        let element: DataElement?
        /// What was done, if it stays.
        let action: ActionCount.Action
    }

    /// More texts than any series has; a bound for memory only.
    private static let maximumTextCount = 4_096

    private let last = Mutex<Knowledge?>(nil)

    /// What is known, if the last file had the same sources.
    func knowledge(of sources: [DataElement]) -> Knowledge? {
        last.withLock { $0?.sources == sources ? $0 : nil }
    }

    /// Keeps what a file taught.
    func keep(_ knowledge: Knowledge) {
        guard knowledge.texts.count <= Self.maximumTextCount else { return }
        last.withLock { $0 = knowledge }
    }
}
