import NIOCore
import NIOPosix

/// Writes the parts of an answer to the inbox, one at a time.
final class PartReceiver {
    private(set) var outcome = InstanceRetrieval.Outcome()
    private let inbox: Inbox
    private let wanted: Set<String>
    private var object: IncomingObject?

    init(inbox: Inbox, wanted: Set<String>) {
        self.inbox = inbox
        self.wanted = wanted
    }

    /// Takes what the reader of the body found.
    ///
    /// - Throws: ``InboxError`` where going on is useless: the disk is full or fails.
    func take(_ event: MultipartReader.Event) async throws {
        let inbox = inbox
        switch event {
        case .begin:
            object = try await NIOThreadPool.singleton.runIfActive { try inbox.begin() }
        case .bytes(let bytes):
            guard let object else { return }
            try await refusing {
                try await NIOThreadPool.singleton.runIfActive { try object.append(bytes) }
            }
        case .end:
            guard let object else { return }
            try await refusing { try await commit(object) }
            discard()
        }
    }

    /// Counts something that was not kept.
    func refuse(_ reason: String) { outcome.refused[reason, default: 0] += 1 }

    /// Throws away the part that is coming in.
    func discard() {
        object?.discard()
        object = nil
    }

    private func commit(_ object: IncomingObject) async throws {
        let (inbox, wanted, bytes) = (inbox, wanted, object.count)
        let kept = try await NIOThreadPool.singleton.runIfActive {
            try inbox.commit(object) { wanted.contains($0.sopInstance.rawValue) }
        }
        outcome.kept.append((kept.identity.sopInstance.rawValue, kept.outcome, bytes))
    }

    /// An object that cannot be kept is counted; the rest of its bytes is passed over.
    private func refusing(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as InboxError {
            discard()
            guard [.tooLarge, .notDICOM, .mismatch].contains(error.code) else { throw error }
            refuse(error.code.rawValue)
        }
    }
}
