import Federation

extension Work: Codable {
    private enum Kind: String, Codable {
        case reviewPlan = "review-plan"
        case train
        case score
        case runEnded = "run-ended"
    }

    private enum Key: String, CodingKey {
        case kind, planSHA256, runID, outcome
    }

    /// Reads the member `kind` and the members that go with it.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        switch try members.decode(Kind.self, forKey: .kind) {
        case .reviewPlan:
            self = .reviewPlan(try members.decode(SHA256Digest.self, forKey: .planSHA256))
        case .train: self = .train(try Training(from: decoder))
        case .score: self = .score(try Scoring(from: decoder))
        case .runEnded:
            self = .runEnded(
                try members.decode(RunID.self, forKey: .runID),
                outcome: try members.decode(String.self, forKey: .outcome)
            )
        }
    }

    /// Writes the member `kind` and the members that go with it.
    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        switch self {
        case .reviewPlan(let digest):
            try members.encode(Kind.reviewPlan, forKey: .kind)
            try members.encode(digest, forKey: .planSHA256)
        case .train(let training):
            try members.encode(Kind.train, forKey: .kind)
            try training.encode(to: encoder)
        case .score(let scoring):
            try members.encode(Kind.score, forKey: .kind)
            try scoring.encode(to: encoder)
        case .runEnded(let run, let outcome):
            try members.encode(Kind.runEnded, forKey: .kind)
            try members.encode(run, forKey: .runID)
            try members.encode(outcome, forKey: .outcome)
        }
    }
}
