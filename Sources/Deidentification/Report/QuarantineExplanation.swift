/// What a reason for holding a file back means, in words for people who know neither DICOM nor the
/// program, and what the site can do.
package struct QuarantineExplanation: Hashable, Sendable {
    /// What was found.
    package let meaning: String
    /// What can be done; empty where holding the file back is right.
    package let advice: String

    /// The explanation of a reason.
    package init(_ reason: String) {
        let (meaning, advice) =
            Self.known[reason]
            ?? ("Held back for a technical reason.", "Ask whoever runs the program.")
        self.meaning = meaning
        self.advice = advice
    }

    /// Whether a reason is explained in words of its own.
    package static func exists(for reason: String) -> Bool { known[reason] != nil }

    private static let known = files.merging(images) { $1 }.merging(identities) { $1 }
        .merging(exams) { $1 }

    private static let files: [String: (String, String)] = [
        "unreadable": (
            "The file is damaged or incomplete.", "Export the examination again."
        ),
        "unreadable-file": (
            "The file could not be opened.", "Let the program's user read the folder."
        ),
        "hidden-file": (
            "The file's name begins with a dot, which programs give to files they still write.",
            "Rename the file if it belongs to the examinations."
        ),
        "symbolic-link": (
            "There is only a pointer to a file somewhere else.",
            "Copy the file itself into the folder."
        ),
        "special-file": ("It is no file but a connection between programs.", ""),
        "not-dicom": ("The file is no medical image, for example a document.", ""),
        "resource-limit": (
            "The file is far larger or more deeply nested than an image can be.",
            "Look at the file before it is used anywhere."
        ),
        "file-changed": (
            "The file changed while it was being read.", "Run the program again later."
        ),
        "unsupported-transfer-syntax": (
            "The image is compressed in a way that this program does not open.",
            "Export it uncompressed or with a usual lossless compression."
        ),
        "invalid-pixel-data": (
            "The picture in the file is damaged.", "Export the examination again."
        ),
        "unsupported-pixel-format": (
            "The picture is no grey picture of a CT scanner, for example a colour image.", ""
        ),
        "decoder-unavailable": (
            "The picture is compressed, and the protected program that unpacks it did not start.",
            "Run `fedagent doctor`, repair what it names, and run again."
        ),
        "unwritable": (
            "The cleaned image could not be written in a valid form.",
            "Tell the makers of the program."
        ),
        "duplicate-instance": ("A second copy of an image that was taken in already.", ""),
    ]

    private static let images: [String: (String, String)] = [
        "not-ct-image": ("The file is no CT image.", ""),
        "enhanced-multi-frame": (
            "The file holds a whole scan in a form that this program does not take in.",
            "Export the series as single images."
        ),
        "secondary-capture": (
            "A screen shot or scanned page; such pictures often show names.", ""
        ),
        "screen-save": ("A saved screen; such pictures often show names.", ""),
        "dose-report": ("A page of radiation dose figures, with the patient's name on it.", ""),
        "localizer": ("An overview picture for planning, not a slice of the head.", ""),
        "derived-image": ("A picture computed from other images, not an original slice.", ""),
        "rendering": (
            "A picture drawn from the whole scan; on such a picture a face can be recognized.", ""
        ),
        "not-axial": ("The slice is not cut across the head.", ""),
        "not-head": ("The image shows another part of the body.", ""),
        "missing-geometry": (
            "The image does not say where in the head it lies.", "Export the series again."
        ),
        "missing-attribute": (
            "Information is missing without which the image is of no use.",
            "Export the series again."
        ),
        "burned-in-text": (
            "Writing was seen inside the picture that could not be removed safely, perhaps a name.",
            "Nothing: the image must not be used."
        ),
        "text-reader-failed": (
            "The second check for writing in the picture could not be done.",
            "Repair the text reader (tesseract) and run again."
        ),
        "face-too-few-slices": (
            "A face might be recognized, and too few slices lie together to remove it safely.",
            "Export the whole series."
        ),
        "face-no-cranial-cavity": (
            "A face might be recognized, but no complete skull was found to tell face from brain.",
            "Let a person look at the examination."
        ),
        "face-no-orbits": (
            "A face might be recognized, but the eyes were not found, so that it could not be"
                + " removed safely.", "Let a person look at the examination."
        ),
        "face-remains": (
            "After removal, part of the face might still have been recognizable.",
            "Let a person look at the examination."
        ),
    ]

    private static let identities: [String: (String, String)] = [
        "missing-patient-id": (
            "The image names neither a patient nor an examination.", "Export it again."
        ),
        "missing-uid": ("The image lacks the number it is known by.", "Export it again."),
        "verification-failed": (
            "The independent check still found something of the patient after cleaning, or could"
                + " not exclude it.", "Tell the makers of the program."
        ),
        "patient-withdrawn": ("The patient was withdrawn from the study.", ""),
        "no-manifest": (
            "The record of the cleaning is missing.", "Run the intake again."
        ),
        "manifest-tampered": (
            "The record of the cleaning was changed afterwards.",
            "Find out who did so; then run the intake again."
        ),
        "manifest-foreign": (
            "The record of the cleaning was signed by somebody else.",
            "Find out why; then run the intake again."
        ),
        "not-in-manifest": (
            "The cleaned image is not in the record of the cleaning.", "Run the intake again."
        ),
        "copy-changed": (
            "The cleaned image was changed afterwards.",
            "Find out who did so; then run the intake again."
        ),
    ]

    private static let exams: [String: (String, String)] = [
        "other-series-of-exam": (
            "Cleaned, but not used: another series of the same examination has more slices.", ""
        ),
        "other-geometry-in-series": (
            "Cleaned, but not used: the slice does not fit the others of its series.", ""
        ),
        "duplicate-position": (
            "Cleaned, but not used: two slices claim the same place in the head.",
            "Export the series again."
        ),
        "inconsistent-orientation": (
            "Cleaned, but not used: slices of one series are cut in different directions.", ""
        ),
        "inconsistent-spacing": (
            "Cleaned, but not used: slices of one series have different pixel sizes.", ""
        ),
        "inconsistent-size": (
            "Cleaned, but not used: slices of one series have different sizes.", ""
        ),
        "invalid-attribute": (
            "Cleaned, but not used: the slice's position is senseless.", "Export the series again."
        ),
    ]
}
