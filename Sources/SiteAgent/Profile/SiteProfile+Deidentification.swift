package import Deidentification

extension DeidentificationProfile {
    /// The profile with another treatment of faces.
    package func treating(
        faces: SiteProfile.Deidentification.Faces
    ) throws(DeidentificationError) -> DeidentificationProfile {
        let option = Option.cleanRecognizableVisualFeatures
        return try DeidentificationProfile(
            name: name,
            options: faces == .keep ? options.subtracting([option]) : options.union([option]),
            selection: selection,
            faces: faces == .brainOnly ? .brainOnly : .face
        )
    }
}

extension SiteProfile {
    /// The profile by which this site's images are de-identified: ``DeidentificationProfile/training``
    /// unless `site.yaml` says otherwise.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the profile's file cannot be used, or keeps
    ///   what a site's catalogue must not hold.
    package func deidentificationRules() throws -> DeidentificationProfile {
        let path = deidentification?.profile
        let rules = try path.map(ProfileFile.read) ?? .training
        if rules.options.contains(.retainUIDs) || rules.selection != .head {
            throw AgentError(
                .badConfiguration,
                "the profile \(path ?? rules.name) is not for a site's intake: it keeps unique"
                    + " identifiers or takes in more than the head",
                hint: "take retain-uids out of its options and set selection: head"
            )
        }
        guard let faces = deidentification?.faces else { return rules }
        do throws(DeidentificationError) { return try rules.treating(faces: faces) } catch {
            throw AgentError(.badConfiguration, "deidentification.faces: \(error)")
        }
    }
}
