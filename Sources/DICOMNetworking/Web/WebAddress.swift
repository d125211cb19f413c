import Foundation

/// Where a DICOMweb server is: the one host that is asked, and the path before `/studies`.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address without a slash at its end.
    package let description: String
    /// The host, as records name it.
    package let host: String
    /// Whether the connection is encrypted.
    package let isEncrypted: Bool

    /// Reads an address such as `https://pacs.hospital.example/dicom-web`.
    ///
    /// - Parameters:
    ///   - text: The address.
    ///   - allowsPlain: Takes `http` to other machines too.
    /// - Throws: ``WebError`` `bad-settings`.
    package init(_ text: String, allowsPlain: Bool = false) throws(WebError) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["https", "http"].contains(scheme),
            parts.query == nil, parts.fragment == nil
        else {
            throw WebError(
                .badSettings,
                "\(text) is no address of a DICOMweb server",
                hint: "write it as https://pacs.hospital.example/dicom-web"
            )
        }
        guard parts.user == nil, parts.password == nil else {
            throw WebError(
                .badSettings,
                "the address of \(host) holds a user name",
                hint: "put credentials into a file of mode 0600 and name it with credentials"
            )
        }
        isEncrypted = scheme == "https"
        guard isEncrypted || allowsPlain || Self.loopback.contains(host) else {
            throw WebError(
                .badSettings,
                "\(host) would be asked without encryption",
                hint: "use https, or say allowPlainHTTP: true if the hospital's network protects it"
            )
        }
        self.host = parts.port.map { "\(host):\($0)" } ?? host
        description = String(text.reversed().drop { $0 == "/" }.reversed())
    }

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1", "[::1]"]

    /// The address of a resource below; components and values are escaped.
    func url(_ components: [String], _ query: [(String, String)]) -> String {
        let path = components.map { "/" + Self.escaped($0) }.joined()
        let values = query.map { Self.escaped($0.0) + "=" + Self.escaped($0.1) }
        return description + path + (values.isEmpty ? "" : "?" + values.joined(separator: "&"))
    }

    /// RFC 3986's unreserved characters, and the asterisk that PS3.18 matches with.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~*".utf8.contains(byte)
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hexadecimal = String(byte, radix: 16, uppercase: true)
                result += hexadecimal.count == 1 ? "%0\(hexadecimal)" : "%\(hexadecimal)"
            }
        }
        return result
    }
}
