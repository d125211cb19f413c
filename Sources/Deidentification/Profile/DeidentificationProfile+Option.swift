extension DeidentificationProfile {
    /// What may be done beside removing: the profile and its options as coded in CID 7050.
    package enum Option: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// Basic Application Confidentiality Profile; part of every profile.
        case basicProfile = "113100"
        /// Clean Pixel Data Option.
        case cleanPixelData = "113101"
        /// Clean Recognizable Visual Features Option.
        case cleanRecognizableVisualFeatures = "113102"
        /// Clean Graphics Option.
        case cleanGraphics = "113103"
        /// Clean Structured Content Option.
        case cleanStructuredContent = "113104"
        /// Clean Descriptors Option.
        case cleanDescriptors = "113105"
        /// Retain Longitudinal Temporal Information Full Dates Option.
        case retainFullDates = "113106"
        /// Retain Longitudinal Temporal Information Modified Dates Option.
        case retainModifiedDates = "113107"
        /// Retain Patient Characteristics Option.
        case retainPatientCharacteristics = "113108"
        /// Retain Device Identity Option.
        case retainDeviceIdentity = "113109"
        /// Retain UIDs Option.
        case retainUIDs = "113110"
        /// Retain Safe Private Option.
        case retainSafePrivate = "113111"
        /// Retain Institution Identity Option.
        case retainInstitutionIdentity = "113112"

        /// The meaning that PS3.16 CID 7050 gives the code.
        package var codeMeaning: String {
            switch self {
            case .basicProfile: "Basic Application Confidentiality Profile"
            case .cleanPixelData: "Clean Pixel Data Option"
            case .cleanRecognizableVisualFeatures: "Clean Recognizable Visual Features Option"
            case .cleanGraphics: "Clean Graphics Option"
            case .cleanStructuredContent: "Clean Structured Content Option"
            case .cleanDescriptors: "Clean Descriptors Option"
            case .retainFullDates: "Retain Longitudinal Temporal Information Full Dates Option"
            case .retainModifiedDates:
                "Retain Longitudinal Temporal Information Modified Dates Option"
            case .retainPatientCharacteristics: "Retain Patient Characteristics Option"
            case .retainDeviceIdentity: "Retain Device Identity Option"
            case .retainUIDs: "Retain UIDs Option"
            case .retainSafePrivate: "Retain Safe Private Option"
            case .retainInstitutionIdentity: "Retain Institution Identity Option"
            }
        }

        /// The name in a profile's file, such as `clean-pixel-data`.
        package var keyword: String {
            switch self {
            case .basicProfile: "basic-profile"
            case .cleanPixelData: "clean-pixel-data"
            case .cleanRecognizableVisualFeatures: "clean-recognizable-visual-features"
            case .cleanGraphics: "clean-graphics"
            case .cleanStructuredContent: "clean-structured-content"
            case .cleanDescriptors: "clean-descriptors"
            case .retainFullDates: "retain-full-dates"
            case .retainModifiedDates: "retain-modified-dates"
            case .retainPatientCharacteristics: "retain-patient-characteristics"
            case .retainDeviceIdentity: "retain-device-identity"
            case .retainUIDs: "retain-uids"
            case .retainSafePrivate: "retain-safe-private"
            case .retainInstitutionIdentity: "retain-institution-identity"
            }
        }

        /// Reads a code or a keyword.
        package init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            guard
                let option = Self.allCases.first(where: {
                    [$0.rawValue, $0.keyword].contains(text)
                })
            else {
                throw DeidentificationError(
                    .unknownOption,
                    "a profile names an option that does not exist; the options are "
                        + Self.allCases.map(\.keyword).joined(separator: ", ")
                )
            }
            self = option
        }

        package static func < (left: Option, right: Option) -> Bool {
            left.rawValue < right.rawValue
        }
    }
}
