import CanonicalJSON

/// The forms in which a log is handed to other systems.
package enum AuditFormat: String, Sendable, Hashable, CaseIterable {
    /// Everything a verifier needs, in one file.
    case bundle
    /// DICOM PS3.15 A.5 audit messages, an XML document a line.
    case atna
    /// FHIR R4 `AuditEvent` resources, one a line (NDJSON).
    case fhir
    /// The records as they are stored, one a line.
    case jsonl

    /// A record as one line without its end; nil for a bundle, which is more than its records.
    package func line(_ record: AuditRecord) -> [UInt8]? {
        switch self {
        case .bundle: nil
        case .atna: Array(ATNAMessage(record).xml.utf8)
        case .fhir: FHIRAuditEvent(record).json.canonicalBytes
        case .jsonl: record.leaf
        }
    }
}
