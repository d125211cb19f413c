import AuditLog
import Foundation
import Testing

/// Two logs that saw each other, verified together.
@Suite struct CrossLogTests {
    private let folder: URL
    private let site: NoteSigner
    private let coordinator: NoteSigner

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        site = try AuditSecret(bytes: [UInt8](repeating: 1, count: 32)).logSigner(named: "site/1")
        coordinator = try AuditSecret(bytes: [UInt8](repeating: 2, count: 32))
            .logSigner(named: "coordinator")
    }

    private func bundle(_ entries: [AuditEntry], by signer: NoteSigner) throws -> URL {
        let leaves = try TestLog.leaves(of: entries, named: signer.key.name)
        let tree = MerkleTree(leaves.map(MerkleHash.leaf))
        let note = try Checkpoint(
            origin: signer.key.name,
            size: Int64(tree.size),
            root: tree.root(size: tree.size)
        ).signed(by: signer)
        let url = folder.appending(path: UUID().uuidString)
        var writer = try AuditBundle.Writer(
            to: url,
            log: signer.key.name,
            checkpoints: [note.encoded]
        )
        for leaf in leaves { try writer.append(leaf) }
        try writer.finish()
        return url
    }

    private func sighting(of entries: [AuditEntry], by signer: NoteSigner) throws -> AuditEntry {
        let leaves = try TestLog.leaves(of: entries, named: signer.key.name)
        let tree = MerkleTree(leaves.map(MerkleHash.leaf))
        let checkpoint = Checkpoint(
            origin: signer.key.name,
            size: Int64(tree.size),
            root: tree.root(size: tree.size)
        )
        return AuditEntry(
            .checkpointAccept,
            by: AuditActor(.coordinator, "coordinator"),
            on: AuditObject("log", signer.key.name),
            sighting: AuditSighting(checkpoint)
        )
    }

    private func verdict(_ own: URL, _ peer: URL) -> BundleVerdict {
        BundleVerifier(trust: TrustedKeys([site.key, coordinator.key])).verify(own, peers: [peer])
    }

    @Test func `logs that agree are good, and the page says with whom`() throws {
        let theirs = (0..<9).map { _ in AuditEntry(.auditRead, by: AuditActor(.site, "agent")) }
        let seen = try sighting(of: Array(theirs.prefix(5)), by: site)
        let own = try bundle([seen], by: coordinator)
        let peer = try bundle(theirs, by: site)
        for result in [verdict(own, peer), verdict(peer, own)] {
            #expect(result.outcome == .good, "\(result.text)")
            #expect(result.text.contains("agrees with"))
        }
    }

    @Test func `a peer that shows another history than was seen is contradicted or forked`() throws
    {
        let real = (0..<9).map { _ in AuditEntry(.auditRead, by: AuditActor(.site, "agent")) }
        let shown = (0..<9).map { _ in AuditEntry(.auditRead, by: AuditActor(.site, "other")) }
        let own = try bundle(
            [AuditEntry(.auditRead, by: AuditActor(.site, "x")), try sighting(of: real, by: site)],
            by: coordinator
        )
        let peer = try bundle(shown, by: site)
        #expect(
            verdict(own, peer).faults == [AuditFault(.contradicted, at: 1, reason: "site/1")]
        )
        #expect(verdict(peer, own).faults == [AuditFault(.forked, at: 8)])
    }

    @Test func `a peer's bundle that is too short or broken leaves it incomplete`() throws {
        let real = (0..<9).map { _ in AuditEntry(.auditRead, by: AuditActor(.site, "agent")) }
        let own = try bundle([try sighting(of: real, by: site)], by: coordinator)
        let short = try bundle(Array(real.prefix(4)), by: site)
        #expect(verdict(own, short).outcome == .incomplete)
        #expect(verdict(own, folder.appending(path: "none")).outcome == .incomplete)
    }
}
