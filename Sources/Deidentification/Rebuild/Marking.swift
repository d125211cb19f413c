import DICOM

/// The attributes that say that and how a data set was de-identified (PS3.15 E.1.1, PS3.3 C.12.1).
struct Marking: Sendable {
    let profile: DeidentificationProfile
    let toolVersion: String
    let profileDigest: String

    /// Every part of the words that are written, which are no leak.
    let parts: Set<String>

    init(profile: DeidentificationProfile, toolVersion: String, profileDigest: String) {
        self.profile = profile
        self.toolVersion = toolVersion
        self.profileDigest = profileDigest
        let methods = Self.methods(profile, toolVersion, profileDigest)
        parts = OutputVerification.parts(
            of: methods + profile.options.flatMap { [$0.rawValue, $0.codeMeaning] }
        )
    }

    /// The marks of a file.
    ///
    /// Only options that were carried out are stated.
    func elements(after cleaning: PixelCleaning) -> [DataElement] {
        var elements = [
            DataElement(.patientIdentityRemoved, .cs, text: "YES"),
            DataElement(
                .deidentificationMethod,
                .lo,
                text: Self.methods(profile, toolVersion, profileDigest)
            ),
            DataElement(
                tag: .deidentificationMethodCodeSequence,
                vr: .sq,
                value: .items(cleaning.applied(of: profile.options).sorted().map(Self.item))
            ),
        ]
        if cleaning.isCheckedForText {
            elements.append(DataElement(.burnedInAnnotation, .cs, text: "NO"))
        }
        if cleaning.faces != nil {
            elements.append(DataElement(.recognizableVisualFeatures, .cs, text: "NO"))
        }
        let temporal =
            profile.options.contains(.retainFullDates)
            ? "UNMODIFIED" : profile.options.contains(.retainModifiedDates) ? "MODIFIED" : "REMOVED"
        elements.append(
            DataElement(.longitudinalTemporalInformationModified, .cs, text: temporal)
        )
        return elements
    }

    /// Tool, version and digest, each within the 64 characters of the representation.
    private static func methods(
        _ profile: DeidentificationProfile,
        _ toolVersion: String,
        _ digest: String
    ) -> [String] {
        [
            "federated-head-ct \(toolVersion)", "profile \(profile.name)",
            "sha256 \(digest.prefix(32))",
        ].map { String($0.prefix(64)) }
    }

    private static func item(_ option: DeidentificationProfile.Option) -> DataSet {
        DataSet([
            DataElement(.codeValue, .sh, text: option.rawValue),
            DataElement(.codingSchemeDesignator, .sh, text: "DCM"),
            DataElement(.codeMeaning, .lo, text: option.codeMeaning),
        ])
    }
}
