/// What was done; a closed list, so that an audit log holds no free text.
///
/// Raw values are `noun.verb`, stable across versions. Both parties use one list.
package enum AuditAct: String, Sendable, Hashable, Codable, CaseIterable {
    // Either party.
    case auditStart = "audit.start"
    case auditStop = "audit.stop"
    case auditRead = "audit.read"
    case processStart = "process.start"
    case processStop = "process.stop"
    case settingsChange = "settings.change"
    case checkpointAccept = "audit.checkpoint.accept"
    case checkpointRefuse = "audit.checkpoint.refuse"
    case witnessPin = "audit.witness.pin"
    case witnessForget = "audit.witness.forget"
    /// The log is signed with the key after from here on; the checkpoint that covers this bears both.
    case keyRotate = "audit.key.rotate"
    /// The log's key before signs no more.
    case keyRetire = "audit.key.retire"
    /// A log that was a chain of records is a tree from here on, under the name after.
    case treeAdopt = "audit.tree.adopt"

    // Admission of sites.
    case federationCreate = "federation.create"
    case inviteCreate = "invite.create"
    case inviteRefuse = "invite.refuse"
    case siteEnrol = "site.enrol"
    case siteApprove = "site.approve"
    case siteRevoke = "site.revoke"
    case siteRename = "site.rename"
    case applicationReceive = "application.receive"
    case applicationApprove = "application.approve"
    case applicationDecline = "application.decline"
    case certificateRenew = "certificate.renew"
    case issuingRotate = "issuing.rotate"
    /// A new root follows the one before; both are gone by.
    case rootRotate = "root.rotate"
    /// The root before is gone by no more.
    case rootRetire = "root.retire"
    case personInvite = "person.invite"
    case personEnrol = "person.enrol"
    case personRevoke = "person.revoke"
    case personGrant = "person.grant"
    case personAccount = "person.account"
    case personSignIn = "person.sign-in"
    case personSignOut = "person.sign-out"
    case siteDescribe = "site.describe"
    case siteRefuse = "site.refuse"

    // Plans, runs and rounds.
    case planSubmit = "plan.submit"
    case planReceive = "plan.receive"
    case planApprove = "plan.approve"
    case planDecline = "plan.decline"
    case runCreate = "run.create"
    case runComplete = "run.complete"
    case runFail = "run.fail"
    case roundOpen = "round.open"
    case roundClose = "round.close"
    case roundUpdateAccept = "round.update.accept"
    case roundUpdateReject = "round.update.reject"
    case roundSiteRefuse = "round.site.refuse"
    case roundSiteFail = "round.site.fail"
    case runPause = "run.pause"
    case runResume = "run.resume"
    case roundAlarm = "round.alarm"
    case modelPublish = "model.publish"
    case metricsAccept = "metrics.accept"

    // At a site.
    case siteCreate = "site.create"
    case keyCreate = "key.create"
    case sourceScan = "source.scan"
    case sourceQuery = "source.query"
    case sourceRetrieve = "source.retrieve"
    case instanceReceive = "instance.receive"
    case associationRefuse = "association.refuse"
    case instanceImport = "instance.import"
    case instanceQuarantine = "instance.quarantine"
    case manifestSign = "manifest.sign"
    case labelsImport = "labels.import"
    case cohortBuild = "cohort.build"
    case cohortFreeze = "cohort.freeze"
    case cohortWithdraw = "cohort.withdraw"
    case modelReceive = "model.receive"
    case trainingStart = "training.start"
    case trainingFinish = "training.finish"
    case trainingFail = "training.fail"
    case updateSend = "update.send"
    case baselineFinish = "baseline.finish"
    case scoringFinish = "scoring.finish"
    case egressSend = "egress.send"
    case egressRefuse = "egress.refuse"

    /// Whether the log is signed at once when this is recorded: the other party waits for it.
    package var isSignedAtOnce: Bool {
        switch self {
        case .roundClose, .runComplete, .runFail, .updateSend, .checkpointRefuse, .keyRotate: true
        default: false
        }
    }

    /// The event's code in DICOM PS3.15 A.5 (CID 400 and 401, coding scheme DCM).
    package var dicomCode: String {
        switch self {
        case .auditStart: "110134"
        case .auditStop: "110133"
        case .auditRead: "110101"
        case .processStart, .processStop: "110100"
        case .settingsChange: "110131"
        case .checkpointAccept: "110101"
        case .checkpointRefuse: "110113"
        case .witnessPin, .witnessForget, .keyRotate, .keyRetire: "110129"
        case .treeAdopt: "110131"
        case .federationCreate, .inviteCreate, .siteCreate, .keyCreate: "110129"
        case .issuingRotate, .rootRotate, .rootRetire: "110129"
        case .siteEnrol, .personEnrol, .certificateRenew, .applicationReceive: "110126"
        case .siteApprove, .siteRevoke, .siteRename, .applicationApprove, .applicationDecline:
            "110136"
        case .personInvite, .personRevoke, .personGrant, .personAccount: "110136"
        case .personSignIn, .personSignOut: "110114"
        case .inviteRefuse, .siteRefuse, .roundUpdateReject, .egressRefuse: "110113"
        case .planSubmit, .planReceive, .planApprove, .planDecline: "110131"
        case .runCreate, .runComplete, .runFail, .roundOpen, .roundClose: "110100"
        case .roundSiteRefuse, .roundSiteFail, .runPause, .runResume: "110100"
        case .roundAlarm: "110113"
        case .siteDescribe, .roundUpdateAccept, .metricsAccept, .modelReceive: "110107"
        case .sourceScan, .instanceImport, .labelsImport: "110107"
        case .sourceQuery: "110112"
        case .sourceRetrieve, .instanceReceive: "110104"
        case .associationRefuse: "110113"
        case .modelPublish, .egressSend, .updateSend: "110106"
        case .manifestSign: "110100"
        case .instanceQuarantine, .cohortBuild, .cohortFreeze, .cohortWithdraw: "110100"
        case .trainingStart, .trainingFinish, .trainingFail: "110100"
        case .baselineFinish, .scoringFinish: "110100"
        }
    }
}
