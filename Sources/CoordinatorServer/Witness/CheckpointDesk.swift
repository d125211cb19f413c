package import AuditLog
import AuditedDatabase
package import CoordinatorStore
package import Federation
package import Logging
package import WireProtocol

/// Witnesses the sites' logs and shows them the coordinator's (Protocol.md section 5.11).
package struct CheckpointDesk: Sendable {
    private let store: CoordinatorStore
    private let cosigner: NoteSigner
    private let roots: @Sendable () -> FederationRoots
    private let logger: Logger

    /// The desk of a federation's coordinator.
    package init(
        store: CoordinatorStore,
        secret: AuditSecret,
        federation: String,
        roots: @escaping @Sendable () -> FederationRoots,
        logger: Logger
    ) throws {
        self.store = store
        self.roots = roots
        cosigner = try secret.witnessSigner(named: AuditKey.witnessName(in: federation))
        self.logger = logger
    }

    /// Takes a site's checkpoint and answers with the coordinator's.
    ///
    /// - Throws: ``CoordinatorError`` `malformed`, `older-history` or `forked-history`.
    package func exchange(
        _ report: CheckpointReport,
        from site: SiteID
    ) async throws -> CheckpointReply {
        let (offer, cosigned) = (try report.offer(), try report.cosignedNote())
        let answer = try await store.witness(site.rawValue, offer, cosigner: cosigner)
        // Even a site that is refused tells what it has seen of us.
        if let cosigned,
            let alarm = try await store.takeCosignature(cosigned, from: site.rawValue)
        {
            log(alarm)
        }
        switch answer {
        case .refused(let alarm):
            log(alarm)
            throw CoordinatorError(Self.entry(alarm), alarm.text(me: "this coordinator"))
        case .needsProof(let size): return try await reply(to: report, site, stored: size)
        case .accepted(let note):
            let size = try Checkpoint(parsing: note.text).size
            return try await reply(to: report, site, stored: size, cosigned: note)
        }
    }

    private func reply(
        to report: CheckpointReport,
        _ site: SiteID,
        stored: Int64,
        cosigned: SignedNote? = nil
    ) async throws -> CheckpointReply {
        try await store.signAudit()
        let newest = try await store.newestCheckpoint()
        let size = try newest.map { try Checkpoint(parsing: $0.text).size } ?? 0
        let isProvable = report.seen > 0 && report.seen <= size
        let proof =
            isProvable ? try await store.consistencyProof(from: report.seen, to: size) ?? [] : []
        let others = try await store.cosignatures(except: site.rawValue, provenTo: size)
        let roots = roots()
        return CheckpointReply(
            keys: AuditKeys(log: try ownKey().description, witness: cosigner.key.description),
            isAccepted: cosigned != nil,
            stored: stored,
            cosigned: cosigned?.string,
            checkpoint: newest?.string,
            provenFrom: isProvable ? report.seen : 0,
            proof: proof.map(\.hex),
            witnessed: others.map {
                CheckpointReply.Witnessed(
                    keys: $0.witnesses.map(\.description),
                    checkpoint: $0.note.string,
                    proof: $0.proof.map(\.hex)
                )
            },
            roots: roots.fingerprints,
            rootAnnouncement: try roots.announcement()
        )
    }

    private func ownKey() throws -> NoteKey {
        guard let key = store.database.signer?.key else {
            throw CoordinatorError(.internal, "the audit log cannot be signed")
        }
        return key
    }

    private func log(_ alarm: WitnessAlarm) {
        guard alarm.isNew else { return }
        logger.critical(
            "audit alarm",
            metadata: [
                "audit.alarm": "\(alarm.text(me: "this coordinator"))",
                "audit.refusal": "\(alarm.refusal.rawValue)",
            ]
        )
    }

    private static func entry(_ alarm: WitnessAlarm) -> ErrorCatalogue {
        switch alarm.refusal {
        case .notSigned: .malformed
        case .olderHistory: .olderHistory
        case .forked, .otherKey, .splitView: .forkedHistory
        }
    }
}

extension CheckpointReport {
    /// The site's checkpoint in types; throws `malformed`.
    fileprivate func offer() throws -> CheckpointOffer {
        try orMalformed {
            CheckpointOffer(
                logKey: try NoteKey(parsing: keys.log, kind: .log),
                witnessKey: try NoteKey(parsing: keys.witness, kind: .witness),
                note: try SignedNote(parsing: Array(checkpoint.utf8)),
                provenFrom: provenFrom,
                proof: try MerkleHash.list(hex: proof)
            )
        }
    }

    /// What the site cosigned of our log; throws `malformed`.
    fileprivate func cosignedNote() throws -> SignedNote? {
        try orMalformed { try cosigned.map { try SignedNote(parsing: Array($0.utf8)) } }
    }

    private func orMalformed<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as AuditLogError {
            throw CoordinatorError(.malformed, "exchange-checkpoints: \(error)")
        }
    }
}
