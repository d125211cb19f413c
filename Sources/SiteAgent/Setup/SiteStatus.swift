import AuditLog
import AuditedDatabase
import Deidentification
import Crypto
import Federation
import Foundation
import Identity
package import SiteStore
import X509

/// How a site stands, on one page.
package struct SiteStatus: Sendable, Hashable, Codable {
    /// A plan and what the site said to it.
    package struct PlanLine: Sendable, Hashable, Codable {
        /// Its digest.
        package let sha256: String
        /// Its name.
        package let name: String
        /// `approved`, `declined` or nil while nobody decided.
        package let decision: String?
    }

    /// A round and how far it came.
    package struct RoundLine: Sendable, Hashable, Codable {
        /// The run.
        package let run: String
        /// The round.
        package let number: Int
        /// When work on it began, milliseconds since 1970.
        package let begunMilliseconds: Int64
        /// The mean training loss; nil until it is trained.
        package let meanLoss: Double?
        /// What the coordinator made of it; nil until it answered.
        package let outcome: String?
        /// Why it was rejected, as a code of Protocol.md section 5.7.
        package let reason: String?
        /// The cohort version it trained on.
        package let cohort: Int?
    }

    /// Something that waits by the site's own hours.
    package struct WaitLine: Sendable, Hashable, Codable {
        /// What, and which file says so.
        package let what: String
        /// Until when, milliseconds since 1970.
        package let untilMilliseconds: Int64
    }

    /// The id proposed in the profile, or the one of the enrolment.
    package let site: String
    /// The name for people.
    package let name: String
    /// The federation; nil if not enrolled.
    package let federation: String?
    /// Where the coordinator is; nil if not enrolled.
    package let coordinator: String?
    /// The six words of an application that waits for the operator; nil if none does.
    package let applicationWords: String?
    /// When the site's certificate ends, milliseconds since 1970; nil if there is none.
    package let certificateEndsMilliseconds: Int64?
    /// What waits by the site's own hours now, and until when.
    package let waits: [WaitLine]
    /// How the clocks compared at the last greeting, where that is worth a warning.
    package let clocks: ClockComparison?
    /// Whether an agent works on the folder now.
    package let isWorking: Bool
    /// Where images come from.
    package let images: SourceStatus
    /// The cohort.
    package let cohort: CohortSummary
    /// Plans, oldest first.
    package let plans: [PlanLine]
    /// Rounds, by run and number.
    package let rounds: [RoundLine]
    /// Messages that left.
    package let messagesSent: Int
    /// Their bytes.
    package let bytesSent: Int
    /// Records of the audit log.
    package let auditRecords: Int64
    /// How many of them the coordinator cosigned; nil before the first exchange.
    package let auditCosigned: Int64?
    /// The alarm about the coordinator's history that stands, as `older-history/120`.
    package let auditAlarm: String?

    /// Looks at a site's folder and database.
    package init(of folder: SiteFolder, _ store: SiteStore) async throws {
        let profile = try SiteProfile.read(from: folder.profile)
        let isEnrolled = FileManager.default.fileExists(atPath: folder.enrolment.path)
        let enrolment = isEnrolled ? try SiteEnrolment.read(from: folder) : nil
        site = enrolment?.siteID ?? profile.id
        name = profile.name
        federation = enrolment?.federation
        coordinator = enrolment?.coordinator.description
        applicationWords = isEnrolled ? nil : try Self.applicationWords(folder)
        certificateEndsMilliseconds = try Self.certificateEnd(folder)
        waits = try SiteSchedule(of: profile)
            .closed(at: Date(), policy: try? SitePolicy.read(from: folder.policy))
            .map { line in
                let until = Int64((line.until.timeIntervalSince1970 * 1000).rounded())
                return WaitLine(what: line.what, untilMilliseconds: until)
            }
        clocks = ClockComparison.noted(in: folder).flatMap { $0.isWorthWarning ? $0 : nil }
        isWorking = SiteLock.isHeld(folder)
        images = try await SourceStatus(of: folder, store)
        cohort = try await CohortSummary(
            of: store,
            rules: try profile.deidentificationRules().digest
        )
        plans = try await Self.plans(store)
        rounds = try await Self.rounds(store)
        let ledger = try await store.egress()
        messagesSent = ledger.count
        bytesSent = ledger.reduce(0) { $0 + $1.bytes }
        auditRecords = try await store.auditSize()
        let witnessed = try await store.witnessedParty(CoordinatorWitness.party)
        auditCosigned = witnessed?.cosigned
        auditAlarm = witnessed?.refusal
    }

    /// The key that was applied with is kept until the certificate for it is there.
    private static func applicationWords(_ folder: SiteFolder) throws -> String? {
        let files = [folder.nextKey, folder.federationRoot]
        guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }),
            let root = try CertificateFile.read(from: folder.federationRoot).first
        else { return nil }
        let key = try PrivateKeyFile.read(from: folder.nextKey)
        return FingerprintWords(
            rootSPKI: root.publicKey.spki,
            keySPKI: Certificate.PublicKey(key.publicKey).spki
        ).description
    }

    private static func certificateEnd(_ folder: SiteFolder) throws -> Int64? {
        guard FileManager.default.fileExists(atPath: folder.identity.path) else { return nil }
        let end = try PartyCredentials(from: folder.identity).leaf.notValidAfter
        return Int64(end.timeIntervalSince1970 * 1000)
    }

    private static func plans(_ store: SiteStore) async throws -> [PlanLine] {
        var lines: [PlanLine] = []
        for digest in try await store.planDigests() {
            let plan = try await store.plan(digest).map { try Plan.parse(json: $0) }
            lines.append(
                PlanLine(
                    sha256: digest,
                    name: plan?.name ?? "",
                    decision: try await store.answer(toPlan: digest)?.decision
                )
            )
        }
        return lines
    }

    private static func rounds(_ store: SiteStore) async throws -> [RoundLine] {
        let trained = try await store.rounds()
        return try await store.roundStarts().map { start in
            let row = trained.first { $0.run == start.run && $0.number == start.number }
            return RoundLine(
                run: start.run,
                number: start.number,
                begunMilliseconds: start.milliseconds,
                meanLoss: row?.meanLoss,
                outcome: row?.outcome,
                reason: row?.reason,
                cohort: start.cohort
            )
        }
    }
}
