package import CanonicalJSON

extension AuditRecord {
    /// The RFC 8785 bytes of the record.
    package var leaf: [UInt8] { json.canonicalBytes }

    /// The record as a JSON tree.
    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "v": .integer(Self.version), "log": .string(log), "seq": .integer(sequence),
            "t": .integer(stamp.milliseconds), "boot": .string(stamp.boot),
            "mono": .integer(stamp.monotonicMilliseconds), "prev": .string(previous.hex),
            "act": .string(entry.act.rawValue), "dcm": .string(entry.act.dicomCode),
            "outcome": .integer(Int64(entry.outcome.rawValue)), "actor": actorJSON,
        ]
        members["on"] = objectJSON
        members["study"] = entry.study.map(JSONValue.string)
        members["round"] = entry.round.map { .integer(Int64($0)) }
        members["corr"] = entry.correlation.map(JSONValue.string)
        members["why"] = entry.reason.map(JSONValue.string)
        members["old"] = entry.old.map(JSONValue.string)
        members["new"] = entry.new.map(JSONValue.string)
        members["see"] = entry.sighting.map {
            .object([
                "log": .string($0.log), "size": .integer($0.size), "root": .string($0.root),
            ])
        }
        members["n"] = entry.count.map { .integer(Int64($0)) }
        return .object(members)
    }

    /// Reads a stored leaf; throws unless it is exactly what this program would have written.
    package init(leaf: [UInt8]) throws(AuditLogError) {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(
                parsingCanonical: leaf,
                limits: JSONLimits(maximumBytes: 64 << 10, maximumDepth: 4)
            )
        } catch {
            throw AuditLogError(.notCanonical)
        }
        guard json["v"]?.integerValue == Self.version else { throw AuditLogError(.unknownVersion) }
        let stamp = AuditStamp(
            milliseconds: try Self.integer("t", json),
            boot: try Self.text("boot", json),
            monotonicMilliseconds: try Self.integer("mono", json)
        )
        try self.init(
            log: try Self.text("log", json),
            sequence: try Self.integer("seq", json),
            stamp: stamp,
            previous: try Self.hash("prev", json),
            entry: try Self.entry(json)
        )
        // What was not read must not be there: dropped members would change the meaning unseen.
        guard self.json == json else { throw AuditLogError(.invalidField) }
    }

    private var actorJSON: JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(entry.actor.kind.rawValue), "id": .string(entry.actor.id),
        ]
        members["cert"] = entry.actor.certificate.map(JSONValue.string)
        return .object(members)
    }

    private var objectJSON: JSONValue? {
        entry.object.map { object in
            var members: [String: JSONValue] = [
                "kind": .string(object.kind), "id": .string(object.id),
            ]
            members["sha256"] = object.sha256.map(JSONValue.string)
            return .object(members)
        }
    }

    private static func entry(_ json: JSONValue) throws(AuditLogError) -> AuditEntry {
        guard let act = AuditAct(rawValue: try text("act", json)) else {
            throw AuditLogError(.unknownAct, field: "act")
        }
        guard let outcome = AuditOutcome(rawValue: Int(try integer("outcome", json))) else {
            throw AuditLogError(.invalidField, field: "outcome")
        }
        guard let kind = json["actor"]?["kind"]?.stringValue.flatMap(AuditActor.Kind.init),
            let id = json["actor"]?["id"]?.stringValue
        else { throw AuditLogError(.invalidField, field: "actor") }
        let actor = AuditActor(kind, id, certificate: json["actor"]?["cert"]?.stringValue)
        return AuditEntry(
            act,
            by: actor,
            on: try object(json),
            outcome: outcome,
            study: json["study"]?.stringValue,
            round: json["round"]?.integerValue.map { Int($0) },
            correlation: json["corr"]?.stringValue,
            reason: json["why"]?.stringValue,
            old: json["old"]?.stringValue,
            new: json["new"]?.stringValue,
            count: json["n"]?.integerValue.map { Int($0) },
            sighting: try sighting(json)
        )
    }

    private static func object(_ json: JSONValue) throws(AuditLogError) -> AuditObject? {
        guard let object = json["on"] else { return nil }
        guard let kind = object["kind"]?.stringValue, let id = object["id"]?.stringValue else {
            throw AuditLogError(.invalidField, field: "on")
        }
        return AuditObject(kind, id, sha256: object["sha256"]?.stringValue)
    }

    private static func sighting(_ json: JSONValue) throws(AuditLogError) -> AuditSighting? {
        guard let seen = json["see"] else { return nil }
        guard let log = seen["log"]?.stringValue, let size = seen["size"]?.integerValue,
            let root = seen["root"]?.stringValue
        else { throw AuditLogError(.invalidField, field: "see") }
        return AuditSighting(log: log, size: size, root: root)
    }

    private static func text(_ key: String, _ json: JSONValue) throws(AuditLogError) -> String {
        guard let text = json[key]?.stringValue else {
            throw AuditLogError(.invalidField, field: key)
        }
        return text
    }

    private static func hash(_ key: String, _ json: JSONValue) throws(AuditLogError) -> MerkleHash {
        guard let hash = MerkleHash(hex: try text(key, json)) else {
            throw AuditLogError(.invalidField, field: key)
        }
        return hash
    }

    private static func integer(_ key: String, _ json: JSONValue) throws(AuditLogError) -> Int64 {
        guard let integer = json[key]?.integerValue else {
            throw AuditLogError(.invalidField, field: key)
        }
        return integer
    }
}
