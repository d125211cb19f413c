import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Turns answers and failures of a DICOMweb server into words.
enum WebAnswer {
    /// The largest answer to a search that is read, in bytes.
    static let searchBytesMax = 64 << 20

    /// The answer, if its status is 200 to 299.
    ///
    /// - Throws: ``WebError``.
    static func checked(
        _ response: HTTPClientResponse,
        from address: WebAddress
    ) throws -> HTTPClientResponse {
        let status = Int(response.status.code)
        guard !(200...299).contains(status) else { return response }
        throw error(status, location: response.headers.first(name: "Location"), address)
    }

    private static func error(_ status: Int, location: String?, _ address: WebAddress) -> WebError {
        let host = address.host
        switch status {
        case 300...399:
            return WebError(
                .notDICOMweb,
                "\(host) sends elsewhere (status \(status)), which is not followed",
                hint: "put the final address of the DICOMweb service into url"
            )
        case 401:
            return WebError(
                .unauthorized,
                "\(host) does not accept the credentials (401)",
                hint: "check user name and password, or whether the token has ended"
            )
        case 403:
            return WebError(
                .forbidden,
                "\(host) knows this user and does not let it in (403)",
                hint: "ask the PACS administrator for the right to search and retrieve"
            )
        case 404, 410:
            return WebError(
                .notFound,
                "\(host) has nothing at this path (\(status))",
                hint: "the url ends before /studies; Orthanc: …/dicom-web, dcm4chee:"
                    + " …/dcm4chee-arc/aets/NAME/rs; an Orthanc without its DICOMweb plug-in"
                    + " (Debian: orthanc-dicomweb) answers like this as well"
            )
        case 400, 406, 415, 501:
            return WebError(
                .notUnderstood,
                "\(host) does not understand the request (\(status))",
                hint: "check that the url is that of a DICOMweb service (QIDO-RS and WADO-RS)"
            )
        case 408, 429, 503:
            return WebError(
                .busy,
                "\(host) is busy (\(status)) and was still so after several attempts",
                hint: "run it again later, or with fewer requestsPerSecond; nothing is lost"
            )
        default:
            return WebError(
                .busy,
                "\(host) failed (\(status))",
                hint:
                    "the PACS administrator finds the cause in its log; run it again, nothing is lost"
            )
        }
    }

    /// A failure before there was an answer.
    static func failure(_ error: any Error, to address: WebAddress) -> WebError {
        let host = address.host
        if isTLS(error) {
            return WebError(
                .tls,
                "TLS with \(host) failed: \(kind(error))",
                hint: "if a hospital's own authority signed its certificate, name it with"
                    + " certificateAuthority; check that the name in url is the certificate's; if it"
                    + " asks for a certificate of this machine, name clientCertificate and clientKey"
            )
        }
        return WebError(
            .unreachable,
            "no answer from \(host) (\(kind(error)))",
            hint: "check the name and port, that the PACS runs, and that a firewall lets this"
                + " machine dial it"
        )
    }

    private static func isTLS(_ error: any Error) -> Bool {
        if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
            return true
        }
        return (error as? HTTPClientError) == .tlsHandshakeTimeout
    }

    /// What failed, in words that hold no value of a patient and no path of this program.
    private static func kind(_ error: any Error) -> String {
        switch error {
        case let error as NIOSSLError: tlsKind("\(error)")
        case let error as HTTPClientError: error.shortDescription
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { kind($0.error) } ?? "the name is not known"
        case let error as IOError: error.description
        default: "\(type(of: error))"
        }
    }

    private static func tlsKind(_ description: String) -> String {
        if description.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is not trusted"
        }
        let demands = ["CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "UNKNOWN_CA"]
        if demands.contains(where: description.contains) {
            return "the server wants a certificate of this machine that it trusts"
        }
        if description.contains("WRONG_VERSION_NUMBER") {
            return "the server does not speak TLS at this port"
        }
        return String(description.prefix { $0 != "(" })
    }

    /// The error for an answer of another kind than was asked for.
    static func wrongContent(_ type: String?, from address: WebAddress) -> WebError {
        let isPage = type?.lowercased().hasPrefix("text/html") ?? false
        return WebError(
            .notDICOMweb,
            isPage
                ? "\(address.host) answers with a web page: this is no DICOMweb service, or a login page"
                : "\(address.host) answers with \(type ?? "an unnamed type"), which was not asked for",
            hint: "the url ends before /studies; Orthanc: …/dicom-web, dcm4chee:"
                + " …/dcm4chee-arc/aets/NAME/rs"
        )
    }
}
