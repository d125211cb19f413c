import DICOMNetworking
package import SiteStore

/// Where a site's images come from and what came, on a few lines.
package struct SourceStatus: Sendable, Hashable, Codable {
    /// What came over one way.
    package struct Deliveries: Sendable, Hashable, Codable {
        /// The last pull or association; nil before the first.
        package let last: DeliveryRow?
        /// Objects of all.
        package let objects: Int
        /// Their bytes.
        package let bytes: Int
    }

    /// The profile's section.
    package let source: SiteProfile.Source
    /// What was fetched from the PACS.
    package let pulled: Deliveries
    /// What was sent to us.
    package let received: Deliveries
    /// Objects that lie in the inbox now.
    package let inboxObjects: Int
    /// Their bytes.
    package let inboxBytes: Int

    /// Looks at a site's folder and database.
    package init(of folder: SiteFolder, _ store: SiteStore) async throws {
        source = try SiteProfile.read(from: folder.profile).source
        let pulled = try await store.deliveries(.dicomweb)
        let received = try await store.deliveries(.receiver)
        self.pulled = Deliveries(last: pulled.last, objects: pulled.objects, bytes: pulled.bytes)
        self.received = Deliveries(
            last: received.last,
            objects: received.objects,
            bytes: received.bytes
        )
        (inboxObjects, inboxBytes) = try SiteInbox(folder).inbox.contents()
    }

    /// The lines, label and text.
    ///
    /// - Parameter time: Writes milliseconds since 1970.
    /// - Returns: The lines.
    package func lines(time: (Int64) -> String) -> [(label: String, text: String)] {
        var lines: [(String, String)] = []
        if let path = source.path { lines.append(("folder", path)) }
        if let web = source.dicomweb {
            lines.append(("dicomweb", web.url))
            lines.append(("", web.filterText))
            lines.append(("", Self.text(pulled, "fetched: `fedagent source pull`", time)))
        }
        if let receiver = source.receiver {
            let peers = receiver.peers.map { "\($0.title)@\($0.address)" }.joined(separator: ", ")
            let security = receiver.tls == nil ? "without TLS" : "TLS"
            lines.append(
                (
                    "receiver",
                    "\(receiver.title) at \(receiver.address):\(receiver.port), \(security)"
                )
            )
            lines.append(("", "from \(peers)"))
            lines.append(("", Self.text(received, "received: `fedagent source receive`", time)))
        }
        if inboxObjects > 0 || source.dicomweb != nil || source.receiver != nil {
            lines.append(
                ("inbox", "\(inboxObjects) objects, \(SiteStatus.bytes(inboxBytes))")
            )
        }
        return lines
    }

    /// One line for the page of `fedagent status`.
    package func summary(time: (Int64) -> String) -> String {
        var ways: [String] = []
        if let path = source.path { ways.append(path) }
        if let web = source.dicomweb { ways.append(web.url) }
        if let receiver = source.receiver { ways.append("\(receiver.title):\(receiver.port)") }
        let last = [pulled.last, received.last].compactMap(\.self)
            .max { $0.milliseconds < $1.milliseconds }
        let came = last.map { ", last delivery \(time($0.milliseconds)) (\($0.outcome))" } ?? ""
        return ways.joined(separator: ", ") + came
    }

    private static func text(
        _ deliveries: Deliveries,
        _ verb: String,
        _ time: (Int64) -> String
    ) -> String {
        guard let last = deliveries.last else { return "nothing \(verb)" }
        return "\(deliveries.objects) objects, \(SiteStatus.bytes(deliveries.bytes)) so far; last"
            + " \(time(last.milliseconds)) from \(last.source): \(last.objects) new,"
            + " \(last.known) known, \(last.refused) refused (\(last.outcome))"
    }
}
