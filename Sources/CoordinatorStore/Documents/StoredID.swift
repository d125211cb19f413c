import Federation

/// Ids and digests as they lie in text columns; one that breaks its rule means a damaged database.
enum StoredID {
    static func site(_ text: String) throws -> SiteID { try read(text, SiteID.init(rawValue:)) }

    static func run(_ text: String) throws -> RunID { try read(text, RunID.init(rawValue:)) }

    static func digest(_ text: String) throws -> SHA256Digest {
        try read(text, SHA256Digest.init(rawValue:))
    }

    private static func read<ID>(_ text: String, _ make: (String) -> ID?) throws -> ID {
        guard let id = make(text) else {
            throw CoordinatorStoreError(.damaged, "a stored id is not well formed")
        }
        return id
    }
}
