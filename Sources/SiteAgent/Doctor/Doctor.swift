package import Foundation
package import Identity
import SiteStore

/// `fedagent doctor`: everything between this machine and a round that can be looked at without one.
package struct Doctor: Sendable {
    private let folder: SiteFolder
    private let invite: Invite?
    private let facts: MachineFacts

    /// Examines the site of a folder; with an invite also the way to a coordinator it has not joined.
    package init(folder: SiteFolder, invite: Invite?, facts: MachineFacts = .current) {
        self.folder = folder
        self.invite = invite
        self.facts = facts
    }

    /// All findings; the way out is followed from name to coordinator and ends at the first failure.
    package func findings(now: Date) async -> [Finding] {
        var findings = MachineCheck(folder: folder, facts: facts).findings()
        findings.append(SourceCheck(folder: folder).finding())
        findings.append(certificate(now))
        return findings + (await network())
    }

    private func certificate(_ now: Date) -> Finding {
        guard FileManager.default.fileExists(atPath: folder.identity.path) else {
            return Finding(
                "certificate",
                .warn,
                "not enrolled",
                advice: "ask the operator for an invite, then `fedagent enroll <invite>`"
            )
        }
        do {
            let end = try PartyCredentials(from: folder.identity).leaf.notValidAfter
            let days = Int((end.timeIntervalSince(now) / 86_400).rounded(.down))
            let text = "until \(end.formatted(.iso8601)), \(days) days"
            switch end.timeIntervalSince(now) / 86_400 {
            case ..<0:
                return Finding(
                    "certificate",
                    .fail,
                    "expired on \(end.formatted(.iso8601))",
                    advice: "`fedagent enroll` asks for a new one"
                )
            case ..<14:
                return Finding(
                    "certificate",
                    .warn,
                    text,
                    advice: "renewal is overdue: is `fedagent serve` running?"
                )
            default: return Finding("certificate", .ok, text)
            }
        } catch {
            return Finding("certificate", .fail, "\(error)")
        }
    }

    private func network() async -> [Finding] {
        do {
            if let invite {
                return await NetworkCheck(
                    address: CoordinatorAddress(host: invite.host, port: invite.port),
                    rootFingerprint: invite.rootFingerprint
                ).findings()
            }
            guard FileManager.default.fileExists(atPath: folder.enrolment.path) else {
                return [
                    Finding(
                        "network",
                        .warn,
                        "no coordinator is known",
                        advice: "give the operator's invite: `fedagent doctor <invite>`"
                    )
                ]
            }
            let enrolment = try SiteEnrolment.read(from: folder)
            let root = try CertificateFile.read(from: folder.federationRoot)[0]
            let way = await NetworkCheck(
                address: enrolment.coordinator,
                rootFingerprint: CertificateAuthority.fingerprint(ofKeyIn: root),
                root: root
            ).findings()
            guard way.allSatisfy({ $0.state != .fail }) else { return way }
            let store = try SiteAudit.store(of: folder)
            return way
                + (await CoordinatorCheck(folder: folder, enrolment: enrolment).findings(store))
        } catch {
            return [Finding("network", .fail, "\(error)")]
        }
    }
}
