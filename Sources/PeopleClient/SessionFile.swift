package import Foundation
import Identity
package import WireProtocol

/// What a person's program remembers between commands: where the coordinator is, and the session, mode 0600.
package struct SessionFile: Sendable, Hashable, Codable {
    /// Host and port of the people's port.
    package let coordinator: String
    /// The path of the root certificate.
    package let root: String
    /// The session.
    package let session: Session

    /// Makes one.
    package init(coordinator: String, root: String, session: Session) {
        self.coordinator = coordinator
        self.root = root
        self.session = session
    }

    /// Where it lies: under `XDG_STATE_HOME`, or `~/.local/state`.
    package static var standard: URL {
        let home = FileManager.default.homeDirectoryForCurrentUser
        let state = ProcessInfo.processInfo.environment["XDG_STATE_HOME"].flatMap {
            $0.isEmpty ? nil : URL(filePath: $0, directoryHint: .isDirectory)
        }
        return (state ?? home.appending(path: ".local/state")).appending(
            path: "fedcompare/session.json"
        )
    }

    /// Reads it.
    ///
    /// - Throws: ``PeopleClientError`` if nobody is signed in.
    package static func read(from url: URL) throws -> SessionFile {
        guard let data = try? Data(contentsOf: url),
            let file = try? JSONDecoder().decode(SessionFile.self, from: data)
        else { throw PeopleClientError("nobody is signed in: `fedcompare login` first") }
        return file
    }

    /// Writes it.
    package func write(to url: URL) throws {
        try OwnerOnlyFile.write(try JSONEncoder().encode(self), to: url)
    }
}
