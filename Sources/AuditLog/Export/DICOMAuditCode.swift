/// A code of DICOM PS3.15 A.5: what happened, as hospital audit repositories know it.
///
/// The family is of CID 400 (EventID), the type, where there is one, of CID 401 (EventTypeCode).
package struct DICOMAuditCode: Sendable, Hashable {
    /// The code in the coding scheme DCM.
    package let code: String
    /// Its meaning in PS3.16 Annex D.
    package let meaning: String

    private init(_ code: String, _ meaning: String) {
        self.code = code
        self.meaning = meaning
    }

    /// The family of an act.
    package static func family(of act: AuditAct) -> DICOMAuditCode {
        families[act.dicomCode] ?? DICOMAuditCode("110113", "Security Alert")
    }

    /// The types of an act within its family; none where PS3.16 has no code for it.
    package static func types(of act: AuditAct) -> [DICOMAuditCode] {
        switch act {
        case .processStart: [DICOMAuditCode("110120", "Application Start")]
        case .processStop: [DICOMAuditCode("110121", "Application Stop")]
        default: types[act.dicomCode].map { [$0] } ?? []
        }
    }

    private static let families = table([
        ("110100", "Application Activity"), ("110101", "Audit Log Used"), ("110106", "Export"),
        ("110107", "Import"), ("110113", "Security Alert"), ("110114", "User Authentication"),
    ])

    private static let types = table([
        ("110126", "Node Authentication"), ("110129", "Security Configuration"),
        ("110131", "Software Configuration"), ("110132", "Use of Restricted Function"),
        ("110133", "Audit Recording Stopped"), ("110134", "Audit Recording Started"),
        ("110136", "Security Roles Changed"),
    ])

    private static func table(_ codes: [(String, String)]) -> [String: DICOMAuditCode] {
        Dictionary(uniqueKeysWithValues: codes.map { ($0, DICOMAuditCode($0, $1)) })
    }
}

extension AuditAct {
    /// The kind of action: C, R, U, D or E, as in PS3.15 A.5.1 and FHIR `AuditEvent.action`.
    package var actionCode: String {
        switch self {
        case .federationCreate, .siteCreate, .keyCreate, .inviteCreate, .siteEnrol, .runCreate,
            .planSubmit, .planReceive, .cohortBuild, .cohortFreeze, .modelPublish, .siteDescribe,
            .instanceImport, .labelsImport, .modelReceive, .roundUpdateAccept, .metricsAccept,
            .witnessPin, .treeAdopt:
            "C"
        case .auditRead, .sourceScan, .egressSend, .updateSend, .checkpointAccept: "R"
        case .settingsChange, .siteApprove, .planApprove, .planDecline, .runPause, .runResume: "U"
        case .siteRevoke, .cohortWithdraw, .witnessForget: "D"
        default: "E"
        }
    }
}
