package import DICOMNetworking
import Federation

extension SiteProfile.Source {
    /// A PACS that images are fetched from, and which.
    package struct DICOMWeb: Sendable, Hashable, Codable {
        /// The address before `/studies`.
        package var url: String
        /// A file of mode 0600 with user name and password or a token; nil takes the environment.
        package var credentials: String?
        /// The authority that signed the server's certificate, in PEM; nil takes the system's.
        package var certificateAuthority: String?
        /// The certificate of this machine, in PEM, for a server that asks for one.
        package var clientCertificate: String?
        /// Its key, a file of mode 0600; given with `clientCertificate`.
        package var clientKey: String?
        /// Takes `http` to another machine.
        package var allowPlainHTTP = false
        /// The modality.
        package var modality = "CT"
        /// Body Part Examined of the series; empty takes all.
        package var bodyParts: [String] = []
        /// Patterns of the Study Description; empty takes all.
        package var descriptions: [String] = []
        /// The first study date; nil is no bound.
        package var since: String?
        /// The last study date; nil is no bound.
        package var until: String?
        /// The most studies that are fetched at a time.
        package var connections = 2
        /// The most requests a second.
        package var requestsPerSecond = 10

        /// Every CT study of a server.
        package init(url: String) { self.url = url }

        /// Which studies are fetched.
        package var search: StudySearch {
            var search = StudySearch()
            search.modality = modality
            search.bodyParts = bodyParts
            search.descriptions = descriptions
            search.since = since.flatMap { StudyDate($0) }
            search.until = until.flatMap { StudyDate($0) }
            return search
        }

        /// What this machine shows to the server; nil for nothing.
        package var identity: ClientIdentity? {
            guard let clientCertificate, let clientKey else { return nil }
            return ClientIdentity(certificate: clientCertificate, key: clientKey)
        }

        /// The search as a person reads it.
        package var filterText: String {
            var parts = [modality]
            if !bodyParts.isEmpty {
                parts.append("body part " + bodyParts.joined(separator: " or "))
            }
            if !descriptions.isEmpty {
                parts.append("description " + descriptions.joined(separator: " or "))
            }
            if let since { parts.append("since \(since)") }
            if let until { parts.append("until \(until)") }
            return parts.joined(separator: ", ")
        }

        func resolved(_ absolute: (String) -> String) -> DICOMWeb {
            var source = self
            source.credentials = credentials.map(absolute)
            source.certificateAuthority = certificateAuthority.map(absolute)
            source.clientCertificate = clientCertificate.map(absolute)
            source.clientKey = clientKey.map(absolute)
            return source
        }
    }
}

extension SiteProfile.Source.DICOMWeb {
    /// Reads `source.dicomweb`; problems go to the reader.
    init(reading reader: inout SectionReader) {
        self.init(url: reader.text("url", lengthMax: 1000))
        allowPlainHTTP = reader.bool("allowPlainHTTP", default: false)
        if !url.isEmpty {
            do throws(WebError) {
                _ = try WebAddress(url, allowsPlain: allowPlainHTTP)
            } catch {
                reader.report(.outOfRange, "url", "\(error.message): \(error.hint)")
            }
        }
        credentials = Self.optional(reader.text("credentials", lengthMax: 4096, default: ""))
        certificateAuthority = Self.optional(
            reader.text("certificateAuthority", lengthMax: 4096, default: "")
        )
        clientCertificate = Self.optional(
            reader.text("clientCertificate", lengthMax: 4096, default: "")
        )
        clientKey = Self.optional(reader.text("clientKey", lengthMax: 4096, default: ""))
        if (clientCertificate == nil) != (clientKey == nil) {
            reader.report(.outOfRange, "clientKey", "is given together with clientCertificate")
        }
        modality = reader.text("modality", lengthMax: 16, default: "CT")
        bodyParts = reader.texts("bodyParts", count: 0...20, lengthMax: 16)
        descriptions = reader.texts("descriptions", count: 0...20, lengthMax: 64)
        since = Self.date("since", &reader)
        until = Self.date("until", &reader)
        connections = reader.integer("connections", in: 1...16, default: 2)
        requestsPerSecond = reader.integer("requestsPerSecond", in: 1...200, default: 10)
    }

    private static func optional(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func date(_ key: String, _ reader: inout SectionReader) -> String? {
        guard let text = optional(reader.text(key, lengthMax: 10, default: "")) else { return nil }
        guard let date = StudyDate(text) else {
            reader.report(.outOfRange, key, "must be a day such as 2025-01-31")
            return nil
        }
        return date.description
    }
}
