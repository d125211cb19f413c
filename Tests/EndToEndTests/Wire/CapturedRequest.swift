import Crypto
import Foundation
import WireProtocol

/// A request as it was on the wire: which message, how many bytes of body, their SHA-256.
struct CapturedRequest: Hashable, Comparable {
    let kind: String
    let bytes: Int
    let sha256: String

    static func < (left: CapturedRequest, right: CapturedRequest) -> Bool {
        (left.kind, left.bytes, left.sha256) < (right.kind, right.bytes, right.sha256)
    }

    /// All requests of a connection; throws where the bytes are not HTTP/1.1 of this protocol.
    static func all(in bytes: [UInt8]) throws -> [CapturedRequest] {
        var requests: [CapturedRequest] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else {
                throw ProcessFailure("a request was cut within its head")
            }
            let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            let lines = head.components(separatedBy: "\r\n")
            let words = lines[0].split(separator: " ")
            guard words.count == 3, let kind = kind(String(words[0]), String(words[1])) else {
                throw ProcessFailure("no message of the protocol: \(lines[0])")
            }
            let length = lines.dropFirst().first {
                $0.lowercased().hasPrefix("content-length:")
            }.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
            guard !head.lowercased().contains("transfer-encoding") else {
                throw ProcessFailure("a body without a length: \(lines[0])")
            }
            let body = rest[end.upperBound...].prefix(length ?? 0)
            let digest = SHA256.hash(data: Data(body)).map { String(format: "%02x", $0) }
            requests.append(
                CapturedRequest(kind: kind, bytes: body.count, sha256: digest.joined())
            )
            rest = rest[body.endIndex...]
        }
        return requests
    }

    private static func kind(_ method: String, _ target: String) -> String? {
        let path = target.split(separator: "?")[0].split(separator: "/")
        return Endpoint.allCases.first { endpoint in
            let template = endpoint.template.split(separator: "/")
            return endpoint.method == method && template.count == path.count
                && zip(template, path).allSatisfy { $0.hasPrefix("<") || $0 == $1 }
        }?.rawValue
    }
}
