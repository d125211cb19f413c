/// What the records say, replayed: nothing happened that those before it do not allow.
///
/// At the coordinator an update counts once, from an admitted site that approved the plan, in an
/// open round or, where the record says so, late for the next one; a round begins from the model
/// that the round before published. At a site nothing is trained or sent under a plan that is not
/// approved there. Whoever was revoked gets no further certificate and signs in no more, and a person
/// takes the log out only with a grant. Rules of what a log does not speak of are not applied.
struct SemanticReplay {
    private var admitted: Set<String> = []
    private var revoked: Set<String> = []
    private var people: Set<String> = []
    private var readers: Set<String> = []
    private var openRounds: Set<String> = []
    private var counted: Set<String> = []
    private var approvals: Set<String> = []
    private var planOfRun: [String: String] = [:]
    private var initialModel: [String: String] = [:]
    private var published: [String: String] = [:]

    /// The records that say what could not have happened.
    private(set) var faults: [AuditFault] = []

    private static let acts: Set<AuditAct> = [
        .siteEnrol, .siteApprove, .siteRevoke, .planSubmit, .planApprove, .planDecline, .runCreate,
        .roundOpen, .roundClose, .modelPublish, .roundUpdateAccept, .egressSend, .trainingStart,
        .metricsAccept, .certificateRenew, .personInvite, .personAccount, .personGrant,
        .personRevoke, .personSignIn, .auditRead,
    ]

    /// The messages that carry what was made of images; others may leave before an approval.
    private static let results = [
        "open-upload/", "put-part/", "close-upload/", "contribute/", "report-metrics/",
    ].map { Array($0.utf8) }

    /// Nearly all records of a site's log are other messages; they are told apart by bytes.
    private static func isResult(_ fields: LeafScanner.Fields, _ leaf: [UInt8]) -> Bool {
        guard let object = fields.objectID else { return false }
        return results.contains { leaf[object].starts(with: $0) }
    }

    /// Takes the next record.
    mutating func take(_ act: AuditAct, _ fields: LeafScanner.Fields, _ leaf: [UInt8]) {
        guard Self.acts.contains(act), act != .egressSend || Self.isResult(fields, leaf) else {
            return
        }
        let record = Words(fields, leaf)
        let reason =
            switch act {
            case .roundOpen: open(record)
            case .roundUpdateAccept: accept(record)
            case .egressSend: send(record)
            case .trainingStart: train(record)
            case .metricsAccept: standing(of: record)
            case .certificateRenew:
                revoked.contains(record.object) ? "its holder was revoked before" : nil
            case .personSignIn:
                record.isSuccess && revoked.contains(record.object)
                    ? "the person was revoked before" : nil
            case .auditRead: export(record)
            default: note(act, record)
            }
        if let reason {
            faults.append(AuditFault(.impossible, at: fields.sequence, reason: reason))
        }
    }

    private mutating func note(_ act: AuditAct, _ record: Words) -> String? {
        switch act {
        case .siteEnrol, .siteApprove: admitted.insert(record.object)
        case .siteRevoke:
            admitted.remove(record.object)
            revoked.insert(record.object)
        case .personInvite, .personAccount: people.insert(record.object)
        case .personGrant: if record.new == "federation" { readers.insert(record.object) }
        case .personRevoke:
            readers.remove(record.object)
            revoked.insert(record.object)
        case .planSubmit: initialModel[record.sha256] = record.new
        case .planApprove: approvals.insert("\(record.sha256)#\(record.approver)")
        case .planDecline: approvals.remove("\(record.sha256)#\(record.approver)")
        case .runCreate: planOfRun[record.study] = record.sha256
        case .roundClose: openRounds.remove(record.roundID)
        case .modelPublish: published[record.roundID] = record.sha256
        default: break
        }
        return nil
    }

    private mutating func open(_ record: Words) -> String? {
        openRounds.insert(record.roundID)
        guard !record.sha256.isEmpty else { return nil }
        let expected =
            record.round == 1
            ? planOfRun[record.study].flatMap { initialModel[$0] }
            : published["\(record.study)#\(record.round - 1)"]
        guard let expected, expected != record.sha256 else { return nil }
        return "the round does not begin from the model that came before"
    }

    private mutating func accept(_ record: Words) -> String? {
        guard counted.insert("\(record.roundID)#\(record.actor)").inserted else {
            return "an update of this site was counted before in this round"
        }
        guard openRounds.contains(record.roundID) || record.why == "late" else {
            return "the round is not open"
        }
        return standing(of: record)
    }

    /// Whether the site is in the federation and approved the plan of the run.
    private func standing(of record: Words) -> String? {
        guard admitted.contains(record.actor) else { return "the site is not admitted" }
        if let plan = planOfRun[record.study], !approvals.contains("\(plan)#\(record.actor)") {
            return "the site did not approve the plan of the run"
        }
        return nil
    }

    /// Whether a person may take the log out; the operator at the machine always may.
    private func export(_ record: Words) -> String? {
        guard people.contains(record.actor), !record.isOperatorAtTheMachine else { return nil }
        return readers.contains(record.actor)
            ? nil : "the log was given to a person without a grant of the whole federation"
    }

    private func send(_ record: Words) -> String? {
        approvals.contains("\(record.study)#")
            ? nil : "results left under a plan that is not approved at this site"
    }

    private func train(_ record: Words) -> String? {
        approvals.contains("\(record.sha256)#")
            ? nil : "training began under a plan that is not approved at this site"
    }

    fileprivate static func text(_ range: Range<Int>, _ leaf: [UInt8]) -> String {
        String(decoding: leaf[range], as: UTF8.self)
    }
}

/// The words of one record that the rules look at; absent ones are empty.
private struct Words {
    let actor: String
    let object: String
    let sha256: String
    let study: String
    let round: Int64
    let new: String?
    let why: String?
    let isSuccess: Bool
    let isOperatorAtTheMachine: Bool
    private let isSite: Bool

    init(_ fields: LeafScanner.Fields, _ leaf: [UInt8]) {
        func text(_ range: Range<Int>?) -> String? {
            range.map { SemanticReplay.text($0, leaf) }
        }
        actor = text(fields.actorID) ?? ""
        object = text(fields.objectID) ?? ""
        sha256 = text(fields.objectSHA256) ?? ""
        study = text(fields.study) ?? ""
        round = fields.round ?? 0
        (new, why) = (text(fields.new), text(fields.why))
        isSite = text(fields.actorKind) == AuditActor.Kind.site.rawValue
        isSuccess = fields.outcome == 0
        isOperatorAtTheMachine = actor == "operator"
    }

    var roundID: String { "\(study)#\(round)" }

    /// At the coordinator a site approves; at a site its admin or policy does, for itself.
    var approver: String { isSite ? actor : "" }
}
