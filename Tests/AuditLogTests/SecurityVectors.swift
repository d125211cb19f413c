import AuditLog
import CanonicalJSON
import Foundation
import TestSupport

/// A file of `Vectors`.
enum SecurityVectors {
    static func read(_ name: String) throws -> JSONValue {
        let url = SharedData.repository
            .appending(path: "Tests/AuditLogTests/Vectors/\(name).json")
        return try JSONValue(parsing: [UInt8](try Data(contentsOf: url)))
    }

    static func bytes(_ value: JSONValue?) -> [UInt8] {
        let digits = Array((value?.stringValue ?? "").utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return (0..<digits.count / 2).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }

    static func hash(_ value: JSONValue?) -> MerkleHash {
        guard let hash = value?.stringValue.flatMap(MerkleHash.init(hex:)) else {
            preconditionFailure("a vector holds no hash")
        }
        return hash
    }

    static func hashes(_ value: JSONValue?) -> [MerkleHash] {
        (value?.arrayValue ?? []).map(hash)
    }
}
