import Foundation

/// Whether the site's DICOM source can be read.
struct SourceCheck {
    let folder: SiteFolder

    func finding() -> Finding {
        let profile: SiteProfile
        do {
            profile = try SiteProfile.read(from: folder.profile)
        } catch {
            return Finding(
                "source",
                .fail,
                "the profile cannot be read: \(error)",
                advice: "correct \(folder.profile.path)"
            )
        }
        guard let path = profile.source.path else {
            return Finding("source", .ok, "\(profile.source.kind.rawValue)")
        }
        let manager = FileManager.default
        guard let names = manager.enumerator(atPath: path), manager.isReadableFile(atPath: path)
        else {
            return Finding(
                "source",
                .fail,
                "\(path) cannot be read",
                advice:
                    "check source.path in \(folder.profile.path), and that this user may read it"
            )
        }
        return names.nextObject() == nil
            ? Finding("source", .warn, "\(path) is empty", advice: "has the export run?")
            : Finding("source", .ok, "\(path) can be read")
    }
}
