import Federation

/// Ids and digests for tests, made from literals that are known to be well formed.
func site(_ text: String) -> SiteID {
    guard let id = SiteID(rawValue: text) else { preconditionFailure("bad site id") }
    return id
}

func round(_ number: Int) -> RoundNumber {
    guard let round = RoundNumber(rawValue: number) else { preconditionFailure("bad round") }
    return round
}

func digest(_ text: String) -> SHA256Digest { SHA256Digest(hashing: Array(text.utf8)) }

func update(_ name: String, examples: Int = 10, _ content: String? = nil) -> Contribution {
    Contribution(site: site(name), sha256: digest(content ?? name), examples: examples)
}
