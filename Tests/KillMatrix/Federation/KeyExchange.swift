import CoordinatorServer
import CoordinatorStore
import Foundation
import Identity

/// Exchanges the issuing key, then the root, of a federation whose run goes on, and retires the old root once
/// every site has changed over by itself.
struct KeyExchange {
    private enum Stage {
        case waiting, issuingRotated, rootRotated, done
    }

    let template: Template
    let folder: CoordinatorFolder
    private var stage = Stage.waiting

    init(template: Template, folder: CoordinatorFolder) {
        self.template = template
        self.folder = folder
    }

    /// Whether the old root is retired.
    var isDone: Bool { stage == .done }

    /// Does what is due next; called again and again.
    mutating func step() async throws {
        let operation = try FederationOperator(folder: folder)
        switch stage {
        case .waiting:
            let report = try await operation.store.report(of: template.run)
            guard !report.rounds.isEmpty else { return }
            let request = try FederationSetup.requestIssuing(in: folder)
            try FederationSetup.install(
                try template.authority.issuingCertificate(for: request, at: Date()),
                root: template.authority.certificate,
                in: folder,
                at: Date()
            )
            stage = .issuingRotated
        case .issuingRotated:
            let next = try RootAuthority(newFederation: "matrix", generation: 2, at: Date())
            let request = try FederationSetup.requestIssuing(in: folder)
            try await RootExchange(operation).begin(
                try template.authority.handover(to: next, at: Date()),
                issuing: try next.issuingCertificate(for: request, at: Date()),
                at: Date()
            )
            stage = .rootRotated
        case .rootRotated:
            guard try await RootExchange(operation).behind(at: Date()).isEmpty else { return }
            _ = try await RootExchange(operation).retire(leavingBehind: false, at: Date())
            stage = .done
        case .done: break
        }
    }
}
