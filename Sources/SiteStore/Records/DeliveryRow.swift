import GRDB

/// What one pull or one association brought.
package struct DeliveryRow: Sendable, Hashable, Codable, FetchableRecord {
    /// How images come over the network.
    package enum Kind: String, Sendable, Hashable, Codable, DatabaseValueConvertible {
        /// Fetched by QIDO-RS and WADO-RS.
        case dicomweb
        /// Sent to us by C-STORE.
        case receiver
    }

    /// When it ended, milliseconds since 1970.
    package var milliseconds: Int64
    /// How it came.
    package var kind: Kind
    /// The host that was asked, or the calling AE title and its address.
    package var source: String
    /// Objects that are new or changed.
    package var objects: Int
    /// Objects that were there already.
    package var known: Int
    /// Objects that could not be kept.
    package var refused: Int
    /// Bytes of the objects.
    package var bytes: Int
    /// How it ended, as a code.
    package var outcome: String

    /// A delivery; the store sets its time.
    package init(
        kind: Kind,
        source: String,
        objects: Int,
        known: Int,
        refused: Int,
        bytes: Int,
        outcome: String
    ) {
        milliseconds = 0
        self.kind = kind
        self.source = source
        self.objects = objects
        self.known = known
        self.refused = refused
        self.bytes = bytes
        self.outcome = outcome
    }
}
