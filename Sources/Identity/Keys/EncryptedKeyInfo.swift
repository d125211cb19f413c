import SwiftASN1

/// PKCS#8 EncryptedPrivateKeyInfo with the one set of algorithms we write (RFC 5958, 8018, 7914).
struct EncryptedKeyInfo: DERSerializable, DERParseable {
    private static let pbes2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 5, 13]
    private static let scrypt: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11_591, 4, 11]
    private static let aes256CBC: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 1, 42]

    let work: ScryptWork
    let salt: [UInt8]
    let iv: [UInt8]
    let box: [UInt8]

    init(work: ScryptWork, salt: [UInt8], iv: [UInt8], box: [UInt8]) {
        self.work = work
        self.salt = salt
        self.iv = iv
        self.box = box
    }

    init(derEncoded node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let parameters = try Self.parameters(&nodes)
            let box = try ASN1OctetString(derEncoded: &nodes)
            return EncryptedKeyInfo(
                work: parameters.work,
                salt: parameters.salt,
                iv: parameters.iv,
                box: Array(box.bytes)
            )
        }
    }

    func serialize(into coder: inout DER.Serializer) throws {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(Self.pbes2)
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    try serializeDerivation(into: &coder)
                    try coder.appendConstructedNode(identifier: .sequence) { coder in
                        try coder.serialize(Self.aes256CBC)
                        try coder.serialize(ASN1OctetString(contentBytes: iv[...]))
                    }
                }
            }
            try coder.serialize(ASN1OctetString(contentBytes: box[...]))
        }
    }

    private func serializeDerivation(into coder: inout DER.Serializer) throws {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(Self.scrypt)
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(ASN1OctetString(contentBytes: salt[...]))
                try coder.serialize(work.rounds)
                try coder.serialize(work.blockSize)
                try coder.serialize(work.parallelism)
            }
        }
    }

    private static func parameters(
        _ nodes: inout ASN1NodeCollection.Iterator
    ) throws -> (work: ScryptWork, salt: [UInt8], iv: [UInt8]) {
        try DER.sequence(try next(&nodes), identifier: .sequence) { nodes in
            try require(pbes2, &nodes)
            return try DER.sequence(try next(&nodes), identifier: .sequence) { nodes in
                let (work, salt) = try derivation(&nodes)
                let iv = try DER.sequence(try next(&nodes), identifier: .sequence) { nodes in
                    try require(aes256CBC, &nodes)
                    return Array(try ASN1OctetString(derEncoded: &nodes).bytes)
                }
                return (work, salt, iv)
            }
        }
    }

    private static func derivation(
        _ nodes: inout ASN1NodeCollection.Iterator
    ) throws -> (ScryptWork, [UInt8]) {
        try DER.sequence(try next(&nodes), identifier: .sequence) { nodes in
            try require(scrypt, &nodes)
            return try DER.sequence(try next(&nodes), identifier: .sequence) { nodes in
                let salt = Array(try ASN1OctetString(derEncoded: &nodes).bytes)
                let work = ScryptWork(
                    rounds: try Int(derEncoded: &nodes),
                    blockSize: try Int(derEncoded: &nodes),
                    parallelism: try Int(derEncoded: &nodes)
                )
                // A file must not choose how much memory and time reading it takes.
                guard (2...(1 << 20)).contains(work.rounds), (1...16).contains(work.blockSize),
                    (1...16).contains(work.parallelism)
                else { throw ASN1Error.invalidASN1Object(reason: "scrypt parameters") }
                return (work, salt)
            }
        }
    }

    private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
        guard let node = nodes.next() else {
            throw ASN1Error.invalidASN1Object(reason: "something is missing")
        }
        return node
    }

    private static func require(
        _ identifier: ASN1ObjectIdentifier,
        _ nodes: inout ASN1NodeCollection.Iterator
    ) throws {
        guard try ASN1ObjectIdentifier(derEncoded: &nodes) == identifier else {
            throw ASN1Error.invalidASN1Object(reason: "another algorithm")
        }
    }
}
