/// The language of a hospital's fictitious identities and the character set of its files.
package enum IdentityStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// Accents of western Europe, ISO_IR 100.
    case western
    /// Central European letters, ISO_IR 101.
    case central
    /// Several scripts in UTF-8, ISO_IR 192.
    case unicode
    /// Names in Latin letters, kanji and kana, ISO 2022 IR 87.
    case japanese

    /// The defined terms of Specific Character Set.
    var characterSetTerms: [String] {
        switch self {
        case .western: ["ISO_IR 100"]
        case .central: ["ISO_IR 101"]
        case .unicode: ["ISO_IR 192"]
        case .japanese: ["", "ISO 2022 IR 87"]
        }
    }
}
