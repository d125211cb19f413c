package import DICOM

/// Why a file is held back instead of released; a refusal is a right answer, not a failure.
///
/// Carries no value of the file, so that it may be logged and shown.
package struct QuarantineReason: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The machine-readable reason; the raw value is stable.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// The file cannot be read as DICOM.
        case unreadable
        /// The file, or the folder it would be in, cannot be opened by this user.
        case unreadableFile = "unreadable-file"
        /// The file is hidden, as what is still being copied, and was not read.
        case hiddenFile = "hidden-file"
        /// There is a link instead of a file.
        case symbolicLink = "symbolic-link"
        /// There is a pipe, socket or device instead of a file.
        case specialFile = "special-file"
        /// The file is no DICOM object.
        case notDICOM = "not-dicom"
        /// The file exceeds a limit of the reader or the decoder.
        case resourceLimit = "resource-limit"
        /// The pixels are compressed in a way that is not decoded here.
        case unsupportedTransferSyntax = "unsupported-transfer-syntax"
        /// The pixel data are damaged or do not fit their description.
        case invalidPixelData = "invalid-pixel-data"
        /// The process that decodes pixels could not be started; no fault of the file.
        case decoderUnavailable = "decoder-unavailable"
        /// The pixels are not grey values of 16 bits.
        case unsupportedPixelFormat = "unsupported-pixel-format"
        /// The object is not a CT image.
        case notCTImage = "not-ct-image"
        /// The object is an enhanced CT of many frames.
        case enhancedMultiFrame = "enhanced-multi-frame"
        /// The object is a screen shot of something.
        case secondaryCapture = "secondary-capture"
        /// The image says of itself that it is a saved screen.
        case screenSave = "screen-save"
        /// The image is a page of dose figures.
        case doseReport = "dose-report"
        /// The image is a localizer.
        case localizer
        /// The image was made from others, such as a reformat.
        case derivedImage = "derived-image"
        /// The image is drawn from others, as a rendered surface, which can show a face.
        case rendering
        /// The image lies more than 30 degrees off axial.
        case notAxial = "not-axial"
        /// The image shows another part of the body.
        case notHead = "not-head"
        /// Position, orientation or spacing are missing or senseless.
        case missingGeometry = "missing-geometry"
        /// An attribute without which the image is useless is missing.
        case missingAttribute = "missing-attribute"
        /// There is no patient ID to derive the pseudonym and the shift of dates from.
        case missingPatientID = "missing-patient-id"
        /// The identifier of instance, series or study is missing.
        case missingUID = "missing-uid"
        /// There is text in the pixels.
        case burnedInText = "burned-in-text"
        /// A second reader of text could not look at a slice whose pixels it was asked about.
        case textReaderFailed = "text-reader-failed"
        /// The slices show a surface, but too few of them lie together to find a face.
        case faceTooFewSlices = "face-too-few-slices"
        /// No skull was found in a scan whose face is to be removed.
        case faceNoCranialCavity = "face-no-cranial-cavity"
        /// The lower head is in the scan but its orbits were not recognized.
        case faceNoOrbits = "face-no-orbits"
        /// Part of the face would stay too close to its old surface.
        case faceRemains = "face-remains"
        /// The file is not the one that was looked at before.
        case fileChanged = "file-changed"
        /// The output could not be written.
        case unwritable
        /// The output still holds something that identifies the input.
        case verificationFailed = "verification-failed"
    }

    /// The reason.
    package let code: Code

    /// What happened, in words without any value of the file.
    package let detail: String

    /// Makes a reason; `detail` must not quote a value.
    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The reason that a failure to read or decode a file amounts to.
    package init(_ error: DICOMError) {
        let code: Code =
            switch error.code {
            case .notDICOM: .notDICOM
            case .unsupportedTransferSyntax: .unsupportedTransferSyntax
            case .depthLimit, .elementCountLimit, .elementLengthLimit, .fileSizeLimit,
                .inflatedSizeLimit, .imageSizeLimit, .decodingTimeLimit:
                .resourceLimit
            case .decoderUnavailable: .decoderUnavailable
            case .decoderEnded, .invalidPixelData, .frameOutOfRange, .missingAttribute,
                .invalidAttribute:
                .invalidPixelData
            case .valueTooLong, .unencodableText, .mismatchedValue: .unwritable
            default: .unreadable
            }
        // The code is not said twice.
        let said = error.code.rawValue + " "
        let words = error.description
        self.init(
            code,
            error.code.rawValue == code.rawValue && words.hasPrefix(said)
                ? String(words.dropFirst(said.count)) : words
        )
    }

    /// The reason that text in the pixels amounts to.
    init(linesOfText count: Int) {
        self.init(.burnedInText, "\(count) line(s) of text found in the pixels")
    }

    /// The reason that a refusal to remove a face amounts to.
    package init(_ error: FaceRemovalError) {
        let code: Code =
            switch error.code {
            case .tooFewSlices: .faceTooFewSlices
            case .noCranialCavity: .faceNoCranialCavity
            case .noOrbits: .faceNoOrbits
            case .faceRemains: .faceRemains
            }
        self.init(code, error.detail)
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
