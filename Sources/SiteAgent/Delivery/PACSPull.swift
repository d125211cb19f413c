package import DICOMNetworking
import Foundation
package import SiteStore

/// Fetches images from the PACS of a site's profile into its inbox (`fedagent source pull`).
package struct PACSPull: Sendable {
    private let source: SiteProfile.Source.DICOMWeb
    private let folder: SiteFolder
    private let store: SiteStore
    private let report: @Sendable (AgentEvent) -> Void

    /// A pull for a site.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the profile names no PACS.
    package init(
        folder: SiteFolder,
        store: SiteStore,
        report: @escaping @Sendable (AgentEvent) -> Void
    ) throws {
        guard let source = try SiteProfile.read(from: folder.profile).source.dicomweb else {
            throw AgentError(
                .badConfiguration,
                "no PACS is known to this site",
                hint: "`fedagent source add dicomweb --url https://…/dicom-web` names one"
            )
        }
        self.source = source
        self.folder = folder
        self.store = store
        self.report = report
    }

    /// Counts what matches, by description, and fetches nothing.
    ///
    /// - Throws: ``AgentError``.
    package func survey() async throws -> PullSurvey {
        do {
            return try await pulling(isAgain: false) { try await $0.survey() }
        } catch let error as WebError {
            throw AgentError(error)
        }
    }

    /// Fetches what is not here yet, and records what it brought.
    ///
    /// - Parameter isAgain: Fetches also what was fetched before.
    /// - Returns: What was done.
    /// - Throws: ``AgentError``; also if some instances could not be fetched.
    package func run(isAgain: Bool = false) async throws -> PullProgress {
        let lock = try SiteLock(pullingFor: folder)
        defer { lock.release() }
        let started = ContinuousClock.now
        let progress = Latest(PullProgress())
        do {
            let done = try await pulling(isAgain: isAgain) { pull in
                try await pull.run()
            } report: { now in
                progress.value = now
                report(Self.event(now, after: started.duration(to: .now) / .seconds(1)))
            }
            try await record(done, outcome: done.failures == 0 ? "complete" : "incomplete")
            guard done.failures == 0 else { throw Self.incomplete(done) }
            return done
        } catch let error as WebError {
            try await record(progress.value, outcome: error.code.rawValue)
            throw AgentError(error)
        } catch let error as InboxError {
            try await record(progress.value, outcome: error.code.rawValue)
            throw AgentError(error)
        } catch is CancellationError {
            try await record(progress.value, outcome: "interrupted")
            throw CancellationError()
        }
    }

    private func pulling<Result: Sendable>(
        isAgain: Bool,
        _ body: (WebPull) async throws -> Result,
        report: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> Result {
        let address = try WebAddress(source.url, allowsPlain: source.allowPlainHTTP)
        let inbox = try SiteInbox(folder)
        return try await WebClient.connected(to: address, try settings()) { client in
            try await store.recordPullStart(host: address.host)
            return try await body(
                WebPull(
                    client,
                    search: source.search,
                    inbox: inbox.inbox,
                    memory: PullLedger(store: store, inbox: inbox, host: address.host),
                    connections: source.connections,
                    isAgain: isAgain,
                    report: report
                )
            )
        }
    }

    private func settings() throws -> WebClient.Settings {
        var settings = WebClient.Settings()
        settings.credentials =
            try source.credentials.map { try WebCredentials.read(file: $0) }
            ?? .read(environment: ProcessInfo.processInfo.environment)
        settings.authority = source.certificateAuthority
        settings.identity = source.identity
        settings.connections = source.connections
        settings.requestsPerSecond = source.requestsPerSecond
        return settings
    }

    private func record(_ progress: PullProgress, outcome: String) async throws {
        try await store.record(
            DeliveryRow(
                kind: .dicomweb,
                source: try WebAddress(source.url, allowsPlain: source.allowPlainHTTP).host,
                objects: progress.fetched,
                known: progress.known,
                refused: progress.failures,
                bytes: progress.bytes,
                outcome: outcome
            )
        )
    }

    private static func event(_ progress: PullProgress, after seconds: Double) -> AgentEvent {
        .pulling(
            progress,
            bytesPerSecond: progress.bytesPerSecond(after: seconds),
            secondsLeft: progress.secondsLeft(after: seconds)
        )
    }

    private static func incomplete(_ progress: PullProgress) -> AgentError {
        let reasons = progress.failed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return AgentError(
            .tryAgain,
            "\(progress.failures) instances could not be fetched: "
                + reasons.joined(separator: ", "),
            hint: "run it again: only these are asked for; not-dicom and object-too-large stay so"
        )
    }
}
