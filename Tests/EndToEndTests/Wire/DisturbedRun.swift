import Foundation
import NIOCore
import TestSupport

/// Plays one run of two real sites and a real coordinator through a ``FaultProxy``.
struct DisturbedRun {
    /// Two enrolled sites with cohorts and a queued run, made once; every play has a copy.
    static let template = Task { try await prepared() }

    private static let sites = ["north", "south"]

    let federation: WiredFederation

    init() async throws {
        let template = try await Self.template.value
        federation = try await WiredFederation(copying: template)
    }

    private static func prepared() async throws -> WiredFederation {
        let federation = try await WiredFederation()
        try await federation.prepare(sites)
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await federation.serve("fedcoordinator", federation.coordinator)
            }
            try await federation.reachable()
            for name in sites { try await federation.enrol(name) }
            group.cancelAll()
            while let _ = await group.nextResult() {}
        }
        let plan = federation.folder.appending(path: "plan.yaml")
        let text = try String(
            contentsOf: Programs.hospitals.appending(path: "plan.yaml"),
            encoding: .utf8
        )
        try text.replacing("stepsPerRound: 10", with: "stepsPerRound: 2")
            .replacing("localOnly: true", with: "localOnly: false")
            .write(to: plan, atomically: true, encoding: .utf8)
        try await federation.startRun(of: plan)
        return federation
    }

    /// Plays to the end.
    ///
    /// - Parameters:
    ///   - silence: seconds after which an agent gives a connection up.
    ///   - faults: of the connection of a number.
    ///   - disturb: disturbs the network while the run is on.
    /// - Returns: the final model's digest.
    /// - Throws: ``ProcessFailure`` when the run fails or is not over in time.
    func model(
        silence: Int = 60,
        faults: @escaping @Sendable (Int) -> FaultProxy.Faults = { _ in .init() },
        disturb: @escaping @Sendable (FaultProxy) async throws -> Void = { _ in }
    ) async throws -> String {
        let proxy = try await FaultProxy(to: federation.servicePort, faults: faults)
        for name in Self.sites { try federation.redirect(name, to: proxy.port) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await federation.serve("fedcoordinator", federation.coordinator)
            }
            try await federation.reachable()
            for name in Self.sites {
                group.addTask {
                    try await federation.serve(
                        "fedagent",
                        federation.site(name),
                        ["--silence-limit", "\(silence)"]
                    )
                }
            }
            group.addTask { try await disturb(proxy) }
            let model = try await federation.finalModel()
            group.cancelAll()
            while let _ = await group.nextResult() {}
            await proxy.close()
            return model
        }
    }
}

extension WiredFederation {
    /// Waits until the one run is over.
    ///
    /// - Returns: its model's digest.
    func finalModel() async throws -> String {
        try await within(.seconds(120), "the run") {
            while true {
                let listed = try await operation(["run", "list", "--json"])
                if listed.contains(#""status":"failed""#) { throw ProcessFailure(listed) }
                if listed.contains(#""status":"completed""#),
                    let model = try Regex(#""model":"([0-9a-f]{64})""#).firstMatch(in: listed)?[1]
                        .substring
                {
                    return String(model)
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}

extension FaultProxy {
    /// Waits until so many bytes have been delivered one way.
    func reached(_ way: LinkWay, _ bytes: Int) async throws {
        while delivered(way) < bytes { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Waits until so many more connections have been taken.
    func taken(_ more: Int) async throws {
        let before = accepted
        while accepted < before + more { try await Task.sleep(for: .milliseconds(5)) }
    }
}
