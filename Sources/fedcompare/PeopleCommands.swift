import ArgumentParser
import CanonicalJSON
import Federation
import Foundation
import PeopleClient
import WireProtocol

/// `fedcompare login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Sign in at a coordinator with your account at its identity provider.",
        discussion: """
            fedcompare login coordinator.example:8445 --root root.pem

            Prints an address to open in a browser on this machine, and waits five minutes. A session ends \
            after 15 minutes without a request, and after 8 hours.
            """
    )

    @Argument(help: "HOST:PORT of the coordinator's people's port.") var coordinator: String
    @Option(
        help: "The federation's root certificate (PEM), from the operator.",
        completion: .file()
    )
    var root: String
    @Option(
        help: "Certificates of the identity provider (PEM), if not public.",
        completion: .file()
    )
    var providerTrust: String?

    func run() async throws {
        try await reporting {
            let connection = try CoordinatorConnection(to: coordinator, root: root)
            let session = try await connection.closing {
                try await SignInFlow(at: connection, providerTrust: providerTrust).run { url in
                    say("open this address in a browser on this machine:\n\n\(url)\n")
                }
            }
            let path = URL(filePath: root).standardizedFileURL.path
            try SessionFile(coordinator: coordinator, root: path, session: session)
                .write(to: SessionFile.standard)
            say("signed in as \(session.party)")
        }
    }
}

/// `fedcompare logout`.
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "End the session."
    )

    func run() async throws {
        try await reporting {
            let file = try SessionFile.read(from: SessionFile.standard)
            // Gone here whatever the coordinator says.
            try FileManager.default.removeItem(at: SessionFile.standard)
            _ = try await file.send(.closeSession)
            say("signed out")
        }
    }
}

/// `fedcompare runs`.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "The runs you may see."
    )

    @Flag(help: "Write JSON.") var json = false

    func run() async throws {
        try await reporting {
            let bytes = try await SessionFile.read(from: SessionFile.standard).send(.listRuns)
            if json { return print(String(decoding: bytes, as: UTF8.self)) }
            for run in try WireCodec.decode(RunList.self, from: bytes).runs {
                print(run.id, run.status, "\(run.rounds) rounds", run.planName, separator: "\t")
            }
        }
    }
}

/// `fedcompare fetch`.
struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Write the comparison of a run to a file, for `fedcompare sites`.",
        discussion: "  fedcompare fetch run-0123456789abcdef comparison.json"
    )

    @Argument(help: "The run's id, as `fedcompare runs` prints it.") var run: String
    @Argument(help: "The file to write.", completion: .file()) var file: String

    func run() async throws {
        try await reporting {
            let bytes = try await SessionFile.read(from: SessionFile.standard).send(
                .compareRun,
                Endpoint.compareRun.path(try RunID(validating: run))
            )
            try Data(bytes).write(to: URL(filePath: file), options: .atomic)
            say("the comparison of \(run) is in \(file)")
        }
    }
}

extension SessionFile {
    /// Sends a message of the person who is signed in.
    fileprivate func send(_ endpoint: Endpoint, _ path: String? = nil) async throws -> [UInt8] {
        let connection = try CoordinatorConnection(to: coordinator, root: root)
        return try await connection.closing {
            try await connection.send(endpoint, path, token: session.token)
        }
    }
}

extension CoordinatorConnection {
    fileprivate func closing<Result: Sendable>(
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body()
            try await shutdown()
            return result
        } catch {
            try? await shutdown()
            throw error
        }
    }
}

private func say(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
}

/// Turns an error into words and an exit status: 77 where the coordinator refuses, else 1.
private func reporting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as PeopleClientError {
        say("fedcompare: error: \(error)")
        if error.code == "sign-in-required" { say("hint: `fedcompare login`") }
        throw ExitCode(error.code == nil ? 1 : 77)
    } catch {
        say("fedcompare: error: \(error)")
        throw ExitCode(1)
    }
}
