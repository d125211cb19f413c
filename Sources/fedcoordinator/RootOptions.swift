import ArgumentParser
import CoordinatorServer
import Foundation
import WireProtocol
import Identity

/// Where the root lies, and what opens it.
struct RootOptions: ParsableArguments {
    @Option(help: "The root's folder, on offline media.", completion: .directory)
    var root: String
    @Option(help: "A file with the passphrase on its first line; asked for if left out.")
    var passphraseFile: String?

    var url: URL { URL(filePath: root, directoryHint: .isDirectory) }

    func authority() throws -> RootAuthority {
        try RootFolder(url).open(passphrase: try passphrase(isNew: false))
    }

    func passphrase(isNew: Bool) throws -> String {
        if let passphraseFile { return try Self.firstLine(of: passphraseFile) }
        let first = try Self.ask("passphrase of the root: ")
        guard isNew else { return first }
        guard try Self.ask("again: ") == first else {
            throw CoordinatorError(.malformed, "the two passphrases differ")
        }
        return first
    }

    /// The first line of a file.
    static func firstLine(of file: String) throws -> String {
        let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
        return String(text.split(whereSeparator: \.isNewline).first ?? "")
    }

    private static func ask(_ prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1, let text = unsafe getpass(prompt) else {
            throw CoordinatorError(.malformed, "there is no terminal: use --passphrase-file")
        }
        return unsafe String(cString: text)
    }
}
