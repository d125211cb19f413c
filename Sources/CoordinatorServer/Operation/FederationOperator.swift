import WireProtocol
package import CoordinatorStore
package import Federation
package import Foundation
package import Identity
import Tensors

/// What the operator does from the command line, on the coordinator's own folder.
package struct FederationOperator: Sendable {
    let folder: CoordinatorFolder
    private let settings: CoordinatorSettings
    /// The coordinator's database.
    package let store: CoordinatorStore

    /// Opens the folder of a coordinator.
    package init(folder: CoordinatorFolder) throws {
        self.folder = folder
        settings = try CoordinatorSettings.read(from: folder)
        store = try CoordinatorStore(
            at: folder.database,
            secret: try AuditKey.secret(of: folder)
        )
    }

    /// Makes an invite for a new site; only its hash is kept.
    package func invite(
        _ site: SiteID,
        name: String,
        enrolmentPort: Int? = nil,
        at now: Date
    ) async throws -> Invite {
        let invite = try invite(enrolmentPort: enrolmentPort)
        try await store.createInvite(
            site: site,
            name: name,
            tokenHash: invite.tokenHash,
            expires: now.addingTimeInterval(Double(Invite.lifetimeSeconds))
        )
        return invite
    }

    /// The federation's authority.
    package func authority() throws -> CertificateAuthority {
        try FederationSetup.authority(of: folder, federation: settings.federation)
    }

    /// An invite with a fresh token.
    func invite(enrolmentPort: Int?) throws -> Invite {
        var generator = SystemRandomNumberGenerator()
        return Invite(
            host: settings.host,
            port: enrolmentPort ?? settings.enrolmentPort,
            rootFingerprint: try authority().rootFingerprint,
            using: &generator
        )
    }

    /// Who says who people are, beside certificates.
    var identityProvider: IdentityProvider? { settings.identityProvider }

    /// How many operators have to approve an application.
    package var approvalsRequired: Int { settings.approvalsRequired ?? 1 }

    /// Checks a plan, makes its initial model from its seed, and keeps both.
    ///
    /// - Throws: `PlanError` with every problem.
    package func submit(planYAML text: String) async throws -> SHA256Digest {
        let checked = try PlanCheck(yaml: text)
        let plan = checked.plan
        let blobs = try BlobDirectory(folder: folder.blobs)
        let bytes = try Safetensors.encode(checked.initial)
        let model = try blobs.store(bytes)
        try await store.submitPlan(
            plan.sha256,
            name: plan.name,
            document: plan.canonicalBytes,
            initialModel: model,
            modelBytes: bytes.count
        )
        return plan.sha256
    }

    /// Queues a run of a plan by sites; `fedcoordinator serve` takes it up.
    ///
    /// - Throws: ``CoordinatorError`` naming sites that are not active, or the quorum that so few
    ///   sites cannot reach.
    package func startRun(of plan: SHA256Digest, sites: [SiteID]) async throws -> RunID {
        let active = Set(try await store.activeSites())
        let missing = sites.filter { !active.contains($0) }.sorted()
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            throw CoordinatorError(.internal, "not enrolled or revoked: \(names)")
        }
        if let document = try await store.planDocument(plan) {
            let quorum = try Plan.parse(json: document).quorum.sites
            guard sites.count >= quorum else {
                throw CoordinatorError(
                    .internal,
                    "the plan's quorum is \(quorum) sites, but the run would have \(sites.count); "
                        + "name more sites or lower quorum.sites"
                )
            }
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<8).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let id = try RunID(validating: "run-\(Hexadecimal.encode(bytes))")
        try await store.createRun(id, plan: plan, sites: sites.sorted())
        return id
    }
}
