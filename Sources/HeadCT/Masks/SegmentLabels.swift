/// What kind of haemorrhage a segment of a DICOM SEG is, by its label and description.
enum SegmentLabels {
    private static let abbreviations: [String: UInt8] = [
        "edh": 1, "iph": 2, "ivh": 3, "sah": 4, "sdh": 5, "ich": MaskImage.unspecified,
        "any": MaskImage.unspecified,
    ]

    /// Parts of words, in the order they are tried: the places before the general terms.
    private static let parts: [(part: String, code: UInt8)] = [
        ("epidural", 1), ("extradural", 1), ("intraventricular", 3), ("subarachnoid", 4),
        ("subdural", 5), ("intraparenchymal", 2), ("intracerebral", 2), ("parenchym", 2),
        ("hemorrh", MaskImage.unspecified), ("haemorrh", MaskImage.unspecified),
        ("hematoma", MaskImage.unspecified), ("haematoma", MaskImage.unspecified),
        ("bleed", MaskImage.unspecified), ("blood", MaskImage.unspecified),
    ]

    /// What is drawn beside haemorrhage and named after it, or looks like it.
    private static let others = [
        "edema", "oedema", "infarct", "ischem", "ischaem", "penumbra", "calcif", "tumor", "tumour",
        "mimic", "artefact", "artifact", "hygroma", "vessel", "skull", "brain",
    ]

    /// The class code, or nil for a segment that is not haemorrhage.
    static func code(of texts: [String]) -> UInt8? {
        for text in texts {
            let text = text.lowercased()
            if others.contains(where: text.contains) { return nil }
            let words = text.split { !$0.isLetter }.map(String.init)
            if let code = words.lazy.compactMap({ abbreviations[$0] }).first { return code }
            if let match = parts.first(where: { text.contains($0.part) }) { return match.code }
        }
        return nil
    }
}
