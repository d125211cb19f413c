/// Why a site that wanted to take part did not get there.
package enum SiteFailure: Sendable, Hashable, Codable {
    /// What a site (or the coordinator on its behalf) can report, stable across versions.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case trainingFailed = "training-failed"
        case scoringFailed = "scoring-failed"
        case dataUnavailable = "data-unavailable"
        case modelUnusable = "model-unusable"
        case storageFull = "storage-full"
        case agentStopped = "agent-stopped"
        case contactLost = "contact-lost"
        /// What the site keeps of the run from round to round is not there any more.
        case stateLost = "state-lost"
    }

    /// Something went wrong at the site or on the way.
    case reported(Kind)
    /// The site's update did not pass the gate.
    case rejected(UpdateRejection.Code)

    /// One word for lists: the kind, or `rejected-` and the code of the gate.
    package var code: String {
        switch self {
        case .reported(let kind): kind.rawValue
        case .rejected(let code): "rejected-\(code.rawValue)"
        }
    }

    /// The failure of a word made by `code`.
    package init?(code: String) {
        if let kind = Kind(rawValue: code) {
            self = .reported(kind)
        } else if code.hasPrefix("rejected-"),
            let rejection = UpdateRejection.Code(rawValue: String(code.dropFirst(9)))
        {
            self = .rejected(rejection)
        } else {
            return nil
        }
    }
}
