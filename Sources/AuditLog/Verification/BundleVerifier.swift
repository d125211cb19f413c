package import Foundation

/// Checks bundles offline: records, tree, signatures, witnesses, and what was seen before.
package struct BundleVerifier: Sendable {
    /// The keys of the log and of its witnesses.
    package let trust: TrustedKeys
    private let seen: [SignedNote]
    private let witnessesMin: Int

    /// A verifier.
    ///
    /// - Parameters:
    ///   - trust: the keys of the log and of its witnesses.
    ///   - seen: checkpoints of this log that the reader kept from before.
    ///   - witnessesMin: how many witnesses must have cosigned the newest checkpoint.
    package init(trust: TrustedKeys, seen: [SignedNote] = [], witnessesMin: Int = 0) {
        self.trust = trust
        self.seen = seen
        self.witnessesMin = witnessesMin
    }

    /// Checks a bundle, and against bundles of other logs what each says of the others.
    ///
    /// What is wrong is in the verdict; a peer's bundle that is not good makes it incomplete.
    package func verify(_ url: URL, peers: [URL] = []) -> BundleVerdict {
        var verdict = verify(url, keepsLeaves: !peers.isEmpty)
        guard verdict.outcome != .unusable else { return verdict }
        for peer in peers {
            let other = BundleVerifier(trust: trust).verify(peer, keepsLeaves: true)
            CrossLogCheck(verdict).compare(with: other, into: &verdict)
        }
        verdict.leaves = []
        return verdict
    }

    /// Begins a verification whose records the caller gives one by one, as from a database.
    package func begin(log: String, notes: [[UInt8]]) -> LogVerification {
        LogVerification(log: log, notes: notes, trust: trust, seen: seen, witnessesMin)
    }

    private func verify(_ url: URL, keepsLeaves: Bool) -> BundleVerdict {
        do throws(AuditLogError) {
            var reader = try BundleReader(url)
            var verification = begin(log: reader.log, notes: reader.notes)
            verification.keepsLeaves = keepsLeaves
            while let leaf = try reader.leaf() { verification.add(leaf) }
            return verification.finish()
        } catch {
            var verdict = BundleVerdict(outcome: .unusable)
            verdict.remarks = ["the bundle cannot be read (\(error.code.rawValue) \(error.field))"]
            return verdict
        }
    }
}
