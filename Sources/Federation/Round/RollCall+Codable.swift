extension RollCall: Codable {
    private enum CodingKeys: String, CodingKey {
        case sites, missingExamShare, missingPositiveShare, largestSiteIsMissing
    }

    /// Decodes the entries; the shares are computed from them.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(entries: try container.decode([RollCallEntry].self, forKey: .sites))
    }

    /// Encodes `sites` and, for readers without this code, the shares.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(entries, forKey: .sites)
        try container.encodeIfPresent(missingExamShare, forKey: .missingExamShare)
        try container.encodeIfPresent(missingPositiveShare, forKey: .missingPositiveShare)
        try container.encode(largestSiteIsMissing, forKey: .largestSiteIsMissing)
    }
}

extension RollCallEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case site, exams, positives, outcome, reason, sha256, examples
    }

    /// Decodes the flat form: `outcome` names the group, `reason` the word within it.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let share = try SiteShare(from: decoder)
        let group = try container.decode(String.self, forKey: .outcome)
        let reason = try container.decodeIfPresent(String.self, forKey: .reason) ?? ""
        let outcome: SiteOutcome? =
            switch group {
            case "contributed": .contributed(try Contribution(from: decoder))
            case "late": SiteOutcome.Lateness(rawValue: reason).map(SiteOutcome.late)
            case "refused": RefusalReason(rawValue: reason).map(SiteOutcome.refused)
            case "failed": SiteFailure(code: reason).map(SiteOutcome.failed)
            default: nil
            }
        guard let outcome else {
            throw DecodingError.dataCorruptedError(
                forKey: .outcome,
                in: container,
                debugDescription: "unknown outcome or reason"
            )
        }
        self.init(share: share, outcome: outcome)
    }

    /// Encodes the flat form.
    package func encode(to encoder: any Encoder) throws {
        try share.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.group, forKey: .outcome)
        try container.encodeIfPresent(outcome.reason, forKey: .reason)
        try outcome.contribution?.encode(to: encoder)
    }
}
