import Federation

/// Updates that sites announced and that have not been answered: nobody may delete them, though the
/// same bytes may have been counted, and be of no more use, in another round or run.
struct AnnouncedBlobs {
    private var bySite: [SiteID: [SHA256Digest]] = [:]

    /// The blobs.
    var digests: Set<SHA256Digest> { Set(bySite.values.joined()) }

    /// Notes that a site announced a blob; as with uploads, a further one ends its oldest.
    mutating func add(_ digest: SHA256Digest, by site: SiteID) {
        remove(digest, by: site)
        bySite[site, default: []].append(digest)
        if bySite[site, default: []].count > UploadDirectory.openMax {
            bySite[site]?.removeFirst()
        }
    }

    /// Notes that a site's update was answered.
    mutating func remove(_ digest: SHA256Digest, by site: SiteID) {
        bySite[site]?.removeAll { $0 == digest }
        if bySite[site]?.isEmpty ?? false { bySite[site] = nil }
    }
}
