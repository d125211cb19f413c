package import CanonicalJSON

/// A record as a FHIR R4 `AuditEvent` (hl7.org/fhir/R4/auditevent.html).
///
/// The resource's `id` is made of the record's log and number, so sending it again changes nothing.
package struct FHIRAuditEvent: Sendable, Hashable {
    private let record: AuditRecord

    /// The resource of a record.
    package init(_ record: AuditRecord) { self.record = record }

    /// The resource as a JSON tree.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "resourceType": "AuditEvent", "id": .string(id), "type": type,
            "subtype": .array(subtypes), "action": .string(entry.act.actionCode),
            "recorded": .string(
                CivilTime.text(milliseconds: record.stamp.milliseconds, hasFraction: true)
            ), "outcome": .string(String(entry.outcome.rawValue)), "agent": .array([agent]),
            "source": source, "entity": .array(entities),
        ]
        members["outcomeDesc"] = entry.reason.map(JSONValue.string)
        return .object(members)
    }

    private static let dicom = "http://dicom.nema.org/resources/ontology/DCM"

    private var entry: AuditEntry { record.entry }

    /// At most 64 of letters, digits, `-` and `.`, as FHIR's type `id` demands.
    private var id: String {
        let name = record.log.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" }
        return "\(String(name.suffix(46)))-\(record.sequence)"
    }

    private var type: JSONValue { coding(DICOMAuditCode.family(of: entry.act)) }

    private var subtypes: [JSONValue] {
        DICOMAuditCode.types(of: entry.act).map(coding)
            + [["code": .string(entry.act.rawValue), "display": .string(entry.act.rawValue)]]
    }

    private func coding(_ code: DICOMAuditCode) -> JSONValue {
        [
            "system": .string(Self.dicom), "code": .string(code.code),
            "display": .string(code.meaning),
        ]
    }

    private var agent: JSONValue {
        var members: [String: JSONValue] = [
            "who": ["identifier": ["value": .string(entry.actor.id)]],
            "name": .string(entry.actor.kind.rawValue), "requestor": true,
        ]
        members["altId"] = entry.actor.certificate.map { .string("sha256:\($0)") }
        return .object(members)
    }

    private var source: JSONValue {
        [
            "observer": ["identifier": ["value": .string(record.log)]],
            "type": [
                [
                    "system": "http://terminology.hl7.org/CodeSystem/security-source-type",
                    "code": "4", "display": "Application Server",
                ]
            ],
        ]
    }

    private var entities: [JSONValue] {
        var entities = [
            entity(
                "record",
                id: "\(record.log)/\(record.sequence)",
                [
                    ("previous-record-sha256", record.previous.hex), ("old", entry.old),
                    ("new", entry.new), ("correlation", entry.correlation),
                    ("count", entry.count.map { String($0) }),
                ]
            )
        ]
        if let object = entry.object {
            entities.append(entity(object.kind, id: object.id, [("sha256", object.sha256)]))
        }
        if let study = entry.study {
            let round = entry.round.map { String($0) }
            entities.append(entity("study", id: study, [("round", round)]))
        }
        if let seen = entry.sighting {
            let details = [("size", String(seen.size)), ("root-sha256", seen.root)]
            entities.append(entity("checkpoint", id: seen.log, details))
        }
        return entities
    }

    private func entity(
        _ kind: String,
        id: String,
        _ details: [(String, String?)]
    ) -> JSONValue {
        let given = details.compactMap { name, value -> JSONValue? in
            value.map { ["type": .string(name), "valueString": .string($0)] }
        }
        var members: [String: JSONValue] = [
            "what": ["identifier": ["value": .string(id)]], "name": .string(kind),
            "type": [
                "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": "2",
                "display": "System Object",
            ],
        ]
        if !given.isEmpty { members["detail"] = .array(given) }
        return .object(members)
    }
}
