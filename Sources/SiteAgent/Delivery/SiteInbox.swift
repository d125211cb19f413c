import DICOMNetworking
import Deidentification

/// The inbox of a site and the keyed names in it.
struct SiteInbox: Sendable {
    /// The folder that received objects lie in.
    let inbox: Inbox
    private let map: IdentifierMap

    /// The inbox under a site's key.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the site's key cannot be read.
    init(_ folder: SiteFolder, freeBytesMin: Int = ReceiverLimits.standard.freeBytesMin) throws {
        let map = IdentifierMap(key: try SiteSetup.deidentificationKey(of: folder))
        self.map = map
        inbox = Inbox(folder: folder.inbox, freeBytesMin: freeBytesMin) {
            map.digest(Array($0.utf8), purpose: "inbox")
        }
    }

    /// The keyed digest of what a PACS says about an instance.
    func digest(_ text: String) -> String { map.digest(Array(text.utf8), purpose: "pull") }
}

extension AgentError {
    /// A failure of the network's side of a source, with the exit status an admin's script can act on.
    init(_ error: WebError) {
        let code: Code =
            switch error.code {
            case .badSettings, .notFound, .notUnderstood, .notDICOMweb: .badConfiguration
            case .unauthorized, .forbidden: .refusedByPolicy
            case .tls, .unreachable: .unavailable
            case .busy: .tryAgain
            case .tooLarge: .badInput
            }
        self.init(code, error.message, hint: error.hint)
    }

    /// A failure of the inbox.
    init(_ error: InboxError) {
        self.init(
            error.code == .diskFull ? .tryAgain : .failed,
            "\(error)",
            hint: error.code == .diskFull
                ? "make room, then run it again: what was fetched is not fetched again"
                : "check that the site's folder belongs to this user and that the disk is well"
        )
    }
}
