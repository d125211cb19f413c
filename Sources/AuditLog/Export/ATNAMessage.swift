/// A record as an audit message of DICOM PS3.15 A.5.1, as IHE ATNA repositories take it.
///
/// A pure mapping: act to EventID and EventTypeCode, actor to ActiveParticipant, log to
/// AuditSourceIdentification, object, study and the record itself to participant objects.
package struct ATNAMessage: Sendable, Hashable {
    private let record: AuditRecord

    /// The message of a record.
    package init(_ record: AuditRecord) { self.record = record }

    /// One XML document without line breaks, in UTF-8.
    package var xml: String {
        #"<?xml version="1.0" encoding="UTF-8"?>"#
            + element("AuditMessage", [], event + participants + source + objects)
    }

    private var entry: AuditEntry { record.entry }

    private var event: String {
        let attributes = [
            ("EventActionCode", entry.act.actionCode),
            (
                "EventDateTime",
                CivilTime.text(milliseconds: record.stamp.milliseconds, hasFraction: true)
            ), ("EventOutcomeIndicator", String(entry.outcome.rawValue)),
        ]
        let types =
            DICOMAuditCode.types(of: entry.act).map { code("EventTypeCode", $0) }.joined()
            + coded("EventTypeCode", entry.act.rawValue, "99FED", entry.act.rawValue)
        let reason = entry.reason.map { element("EventOutcomeDescription", [], escaped($0)) } ?? ""
        let family = code("EventID", DICOMAuditCode.family(of: entry.act))
        return element("EventIdentification", attributes, family + types + reason)
    }

    private var participants: String {
        var attributes = [("UserID", "\(entry.actor.kind.rawValue)/\(entry.actor.id)")]
        if let certificate = entry.actor.certificate {
            attributes.append(("AlternativeUserID", "sha256:\(certificate)"))
        }
        attributes.append(("UserIsRequestor", "true"))
        return element("ActiveParticipant", attributes, "")
    }

    private var source: String {
        // 4: application server process; the name of the log is what distinguishes sites.
        element(
            "AuditSourceIdentification",
            [("AuditSourceID", record.log)],
            element("AuditSourceTypeCode", [("csd-code", "4")], "")
        )
    }

    private var objects: String {
        var objects = object(
            "record",
            id: "\(record.log)/\(record.sequence)",
            role: "13",
            details: [("previous-record-sha256", record.previous.hex)]
                + [
                    ("old", entry.old), ("new", entry.new), ("correlation", entry.correlation),
                    ("count", entry.count.map { String($0) }),
                ].compactMap { name, value in value.map { (name, $0) } }
        )
        if let target = entry.object {
            let sha256 = target.sha256.map { [("sha256", $0)] } ?? []
            objects += object(target.kind, id: target.id, role: "4", details: sha256)
        }
        if let study = entry.study {
            let round = entry.round.map { [("round", String($0))] } ?? []
            objects += object("study", id: study, role: "20", details: round)
        }
        if let seen = entry.sighting {
            let details = [("size", String(seen.size)), ("root-sha256", seen.root)]
            objects += object("checkpoint", id: seen.log, role: "13", details: details)
        }
        return objects
    }

    private func object(
        _ kind: String,
        id: String,
        role: String,
        details: [(String, String)]
    ) -> String {
        let content =
            coded("ParticipantObjectIDTypeCode", kind, "99FED", kind)
            + element("ParticipantObjectName", [], escaped(id))
            + details.map { name, value in
                element(
                    "ParticipantObjectDetail",
                    [("type", name), ("value", Base64.text(value))],
                    ""
                )
            }.joined()
        let attributes = [
            ("ParticipantObjectID", id), ("ParticipantObjectTypeCode", "2"),
            ("ParticipantObjectTypeCodeRole", role),
        ]
        return element("ParticipantObjectIdentification", attributes, content)
    }

    private func code(_ name: String, _ code: DICOMAuditCode) -> String {
        coded(name, code.code, "DCM", code.meaning)
    }

    private func coded(_ name: String, _ code: String, _ scheme: String, _ text: String) -> String {
        let attributes = [("csd-code", code), ("codeSystemName", scheme), ("originalText", text)]
        return element(name, attributes, "")
    }

    private func element(
        _ name: String,
        _ attributes: [(String, String)],
        _ content: String
    ) -> String {
        let text = attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
        return content.isEmpty ? "<\(name)\(text)/>" : "<\(name)\(text)>\(content)</\(name)>"
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
