import CanonicalJSON
import Federation
package import Foundation
import HeadCT
import Identity

extension SitePolicy {
    private static let hint =
        "every rule has to be there and readable, else nothing may leave; `fedagent policy show"
        + " --default` prints a whole file"

    /// Reads and checks a policy.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the file is missing, others may write it, or
    ///   a rule is missing or wrong.
    package static func read(from url: URL) throws -> SitePolicy {
        try checkOwner(of: url)
        let text = try SettingsFile.text(of: url, hint: hint)
        return try SettingsFile.read(text, of: url, hint: hint) { value throws(PlanError) in
            try SitePolicyReader().read(value)
        }
    }

    /// Who may change the file decides what leaves: its owner must be this user or root.
    private static func checkOwner(of url: URL) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.uint16Value,
            let owner = (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value
        else {
            throw AgentError(
                .badConfiguration,
                "\(url.path) is not there: nothing may leave this site",
                hint: "`fedagent policy write` makes the default one"
            )
        }
        guard mode & 0o022 == 0, owner == getuid() || owner == 0 else {
            throw AgentError(
                .badConfiguration,
                "\(url.path) can be changed by other users: nothing may leave this site",
                hint: "chown it to this user and chmod go-w it"
            )
        }
    }

    /// The SHA-256 of the policy in force, for the audit log.
    package static func digest(in folder: SiteFolder) throws -> String {
        SHA256Digest(hashing: try Data(contentsOf: folder.policy)).rawValue
    }

    /// Writes the policy that fits a profile, where there is none.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if there is one.
    package static func writeDefault(for profile: SiteProfile, to folder: SiteFolder) throws {
        guard !FileManager.default.fileExists(atPath: folder.policy.path) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.policy.path) is there already",
                hint: "edit it; `fedagent policy check` says what it would do"
            )
        }
        try OwnerOnlyFile.write(Data(defaultText(for: profile).utf8), to: folder.policy)
    }

    /// The policy that `fedagent init` writes.
    package static func defaultText(for profile: SiteProfile) -> String {
        let kinds = MetricsRules.Kind.allCases.map { "  - \($0.rawValue)" }.joined(separator: "\n")
        let cell = profile.disclosure.minimumCell
        return """
            # What may leave \(profile.id). This file is the site's own: only fedagent reads it, no message
            # shows it to the coordinator, and nothing the coordinator sends changes it. It is asked when a
            # plan is reviewed, before work on a round, and again before each message that carries results.
            # A change counts from the next message on. Every rule has to be there; a file that is missing,
            # that others can write, or that cannot be read stops the agent. See what it does to a plan:
            # fedagent policy check PLAN

            # Kinds of figures that may leave. Strike out what may not: a plan that asks for it is declined.
            # Every contribution carries its mean training loss: without trainingLoss no plan is possible.
            metrics:
            \(kinds)

            # The fewest training exams behind an update.
            minimumCohort: \(cell)

            # Counts of exams from 1 up to below this do not leave, nor what would give them back; the
            # larger of this and disclosure.minimumCell of site.yaml counts.
            minimumCell: \(cell)

            # The most rounds under one plan, all its runs together.
            maximumRounds: 500

            # When results may leave: updates and figures wait until then. As "22:00-06:00",
            # "Mon-Fri 18:00-07:00" or "Sat,Sun 00:00-24:00", on the wall clock of timeZone
            # (local, or a name as Europe/Berlin).
            hours: ["00:00-24:00"]
            timeZone: local

            # Plans by name ("*" stands for any letters) or SHA-256; all others are declined.
            plans: ["*"]

            # The most that all plans together may lose of a patient's privacy, such as
            # {epsilon: 8, delta: 0.000001}. Plans of this version add no noise, so their loss has no bound,
            # and a budget declines them all.
            privacyBudget: unlimited

            """
    }
}

/// Reads the rules of a `policy.yaml` and collects every problem at once.
struct SitePolicyReader {
    private let problems = ProblemList()

    func read(_ document: JSONValue) throws(PlanError) -> SitePolicy {
        var reader = SectionReader(document, problems: problems)
        let zone = timeZone(&reader)
        let policy = SitePolicy(
            metrics: Set(reader.choices("metrics", count: 0...MetricsRules.Kind.allCases.count)),
            minimumCohort: reader.integer("minimumCohort", in: 1...1_000_000),
            minimumCell: reader.integer("minimumCell", in: 1...100_000),
            maximumRounds: reader.integer("maximumRounds", in: 0...1_000_000),
            hours: reader.hours("hours", zone),
            plans: reader.texts("plans", count: 1...1000, lengthMax: 64),
            privacyBudget: budget(document, &reader)
        )
        if !reader.has("metrics") { reader.report(.missing, "metrics", "is missing") }
        reader.finish()
        try problems.throwIfAny()
        return policy
    }

    private func timeZone(_ reader: inout SectionReader) -> TimeZone {
        let name = reader.text("timeZone")
        guard name != "local", !name.isEmpty else { return .current }
        guard let zone = TimeZone(identifier: name) else {
            reader.report(.notAChoice, "timeZone", "must be local, or a name as Europe/Berlin")
            return .current
        }
        return zone
    }

    private func budget(
        _ document: JSONValue,
        _ reader: inout SectionReader
    ) -> SitePolicy.PrivacyBudget? {
        if document["privacyBudget"]?.stringValue != nil {
            guard reader.text("privacyBudget") != "unlimited" else { return nil }
            reader.report(.wrongType, "privacyBudget", "must be unlimited, or epsilon and delta")
            return nil
        }
        return reader.section("privacyBudget") { section in
            SitePolicy.PrivacyBudget(
                epsilon: section.number("epsilon", in: 0...1e6, aboveLower: true),
                delta: section.number("delta", in: 0...0.1)
            )
        }
    }
}

extension SectionReader {
    /// Spans of the week.
    mutating func hours(_ key: String, _ zone: TimeZone) -> WeeklyHours {
        let spans = texts(key, count: 1...100, lengthMax: 40)
        do {
            return try WeeklyHours(spans, timeZone: zone)
        } catch {
            report(.wrongType, key, "\(error.message): \(error.hint ?? "")")
            return WeeklyHours.never
        }
    }
}
