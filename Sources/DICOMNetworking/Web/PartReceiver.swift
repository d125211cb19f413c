import NIOCore
import NIOPosix

/// Writes the parts of an answer to the inbox, one at a time.
final class PartReceiver {
    /// Objects that came and were not kept, by reason.
    private(set) var refused: [String: Int] = [:]
    private let inbox: Inbox
    private let wanted: Set<String>
    private var object: IncomingObject?

    init(inbox: Inbox, wanted: Set<String>) {
        self.inbox = inbox
        self.wanted = wanted
    }

    /// Takes what the reader of the body found.
    ///
    /// - Returns: The object that is kept, at the end of its part.
    /// - Throws: ``InboxError`` where going on is useless: the disk is full or fails.
    func take(_ event: MultipartReader.Event) async throws -> InstanceRetrieval.Kept? {
        let inbox = inbox
        switch event {
        case .begin:
            object = try await NIOThreadPool.singleton.runIfActive { try inbox.begin() }
        case .bytes(let bytes):
            guard let object else { return nil }
            try await refusing {
                try await NIOThreadPool.singleton.runIfActive { try object.append(bytes) }
            }
        case .end:
            guard let object else { return nil }
            let kept = try await refusing { try await commit(object) }
            discard()
            return kept
        }
        return nil
    }

    /// Counts something that was not kept.
    func refuse(_ reason: String) { refused[reason, default: 0] += 1 }

    /// Throws away the part that is coming in.
    func discard() {
        object?.discard()
        object = nil
    }

    private func commit(_ object: IncomingObject) async throws -> InstanceRetrieval.Kept {
        let (inbox, wanted, bytes) = (inbox, wanted, object.count)
        let kept = try await NIOThreadPool.singleton.runIfActive {
            try inbox.commit(object) { wanted.contains($0.sopInstance.rawValue) }
        }
        return InstanceRetrieval.Kept(instance: kept.identity.sopInstance.rawValue, bytes: bytes)
    }

    /// An object that cannot be kept is counted; the rest of its bytes is passed over.
    private func refusing<Result>(_ body: () async throws -> Result) async throws -> Result? {
        do {
            return try await body()
        } catch let error as InboxError {
            discard()
            guard [.tooLarge, .notDICOM, .mismatch].contains(error.code) else { throw error }
            refuse(error.code.rawValue)
            return nil
        }
    }
}
