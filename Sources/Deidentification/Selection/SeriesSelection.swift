package import DICOM

/// Chooses what may be trained on: single-frame, original, axial CT images of the head.
package enum SeriesSelection {
    /// CT Image Storage.
    package static let ctImageStorage = "1.2.840.10008.5.1.4.1.1.2"

    /// Why an image is not chosen; nil if it is.
    ///
    /// Reads only the header. Reasons are ordered from what the object is to what it shows.
    package static func refusal(
        of dataSet: DataSet,
        _ selection: DeidentificationProfile.Selection = .head
    ) -> QuarantineReason? {
        let refusal = objectRefusal(dataSet) ?? imageTypeRefusal(dataSet)
        if selection == .anyCT {
            // What shows another part or another plane, or does not say, holds no more of an
            // identity; renderings among the silent ones are refused where faces are removed.
            let isHarmless =
                [.localizer, .derivedImage].contains(refusal?.code)
                || refusal?.code == .missingAttribute && imageType(dataSet).isEmpty
            return isHarmless ? nil : refusal
        }
        return refusal ?? geometryRefusal(dataSet) ?? bodyPartRefusal(dataSet)
    }

    /// Why an image may show a face by itself, which no other slice helps to remove; nil if not.
    ///
    /// Lateral localizers show its profile, projections and renderings the whole.
    static func faceRefusal(of dataSet: DataSet) -> QuarantineReason? {
        guard let refusal = imageTypeRefusal(dataSet) else { return nil }
        let type = imageType(dataSet)
        if refusal.code == .localizer || type.isEmpty { return refusal }
        let projection = projections.first { word in type.contains { $0.holds(word) } }
        return projection == nil ? nil : refusal
    }

    private static let projections = ["MIP", "VRT", "3D", "PROJECTION", "SNAPSHOT"]

    // MARK: Object

    private static func objectRefusal(_ dataSet: DataSet) -> QuarantineReason? {
        let sopClass = dataSet.string(.sopClassUID) ?? ""
        if isDosePage(dataSet) {
            return QuarantineReason(.doseReport, "\(Tag.imageType) names a page of dose figures")
        }
        switch sopClass {
        case ctImageStorage: break
        case ctImageStorage + ".1", ctImageStorage + ".2":
            return QuarantineReason(
                .enhancedMultiFrame,
                "enhanced CT is not taken in; export the series as single CT images"
            )
        case "1.2.840.10008.5.1.4.1.1.88.67", "1.2.840.10008.5.1.4.1.1.88.74":
            return QuarantineReason(.doseReport, "the object is a radiation dose report")
        default:
            if sopClass.hasPrefix("1.2.840.10008.5.1.4.1.1.7") {
                return QuarantineReason(.secondaryCapture, "the object is a secondary capture")
            }
            return QuarantineReason(.notCTImage, "the object is not of class CT Image Storage")
        }
        if let modality = dataSet.string(.modality), modality != "CT" {
            return QuarantineReason(.notCTImage, "\(Tag.modality) is not CT")
        }
        if (dataSet.int(.numberOfFrames) ?? 1) != 1 {
            return QuarantineReason(.enhancedMultiFrame, "the image has more than one frame")
        }
        return nil
    }

    private static func isDosePage(_ dataSet: DataSet) -> Bool {
        imageType(dataSet).contains { $0.hasPrefix("DOSE") }
    }

    private static func imageType(_ dataSet: DataSet) -> [String] {
        dataSet.strings(.imageType).map { $0.uppercased() }
    }

    // MARK: Image type

    private static func imageTypeRefusal(_ dataSet: DataSet) -> QuarantineReason? {
        let type = imageType(dataSet)
        func isAny(_ words: [String]) -> Bool {
            type.contains { value in words.contains { value.holds($0) } }
        }
        if isAny(["LOCALIZER", "SCOUT", "TOPOGRAM", "SURVIEW", "SCANOGRAM", "_SOM5 TOP"]) {
            return QuarantineReason(.localizer, "\(Tag.imageType) names a localizer")
        }
        if isAny(["SCREEN SAVE", "SCREENSAVE", "SCREEN_SAVE"]) {
            return QuarantineReason(.screenSave, "\(Tag.imageType) names a saved screen")
        }
        guard type.count >= 2, ["ORIGINAL", "DERIVED"].contains(type[0]) else {
            return QuarantineReason(
                .missingAttribute,
                "\(Tag.imageType) does not say how the image was made"
            )
        }
        if isAny(renderings) {
            return QuarantineReason(.rendering, "\(Tag.imageType) names a rendering")
        }
        if isAny(reformats) {
            return QuarantineReason(.derivedImage, "\(Tag.imageType) names a reformat")
        }
        if type[1] != "PRIMARY" {
            return type[0] == "DERIVED" && type.count > 2 && planes.contains(type[2])
                ? QuarantineReason(.derivedImage, "\(Tag.imageType) is derived and secondary")
                : QuarantineReason(
                    .secondaryCapture,
                    "\(Tag.imageType) is secondary and names no plane: a page or a screen"
                )
        }
        if type[0] == "DERIVED", type.count < 3 || type[2] != "AXIAL" {
            return QuarantineReason(.derivedImage, "\(Tag.imageType) is derived and not axial")
        }
        return nil
    }

    /// Value 3 of secondary images that are slices.
    private static let planes: Set<String> = [
        "AXIAL", "CORONAL", "SAGITTAL", "OBLIQUE", "REFORMATTED", "AVERAGE", "AVG", "NORMAL",
        "VOLUME", "RESAMPLED", "ADD", "MIXED", "HELICAL", "HELIX",
    ]

    private static let renderings = ["VOLREN", "VRT", "3D", "SSD", "RENDER", "SURFACE", "SHADED"]

    private static let reformats = [
        "MPR", "REFORMAT", "CSAPARALLEL", "CSA PARALLEL", "CSA RESAMPLED", "MIP", "MINIP",
        "PROJECTION", "PERFUSION", "PARAM", "SUBTRACTION", "RTPLAN", "CURVED", "RESULT",
        "PROCESSED", "SNAPSHOT", "BATCH",
    ]

    // MARK: Geometry

    /// The cosine of 30 degrees, the steepest tilt of a gantry.
    private static let tiltLimit = 0.8660

    private static func geometryRefusal(_ dataSet: DataSet) -> QuarantineReason? {
        let orientation = dataSet.doubles(.imageOrientationPatient)
        let spacing = dataSet.doubles(.pixelSpacing)
        guard orientation.count == 6, dataSet.doubles(.imagePositionPatient).count == 3,
            spacing.count == 2, spacing.allSatisfy({ (0.05...5).contains($0) })
        else {
            return QuarantineReason(
                .missingGeometry,
                "\(Tag.imagePositionPatient), \(Tag.imageOrientationPatient) or "
                    + "\(Tag.pixelSpacing) is missing or senseless"
            )
        }
        let row = Array(orientation[..<3])
        let column = Array(orientation[3...])
        func dot(_ left: [Double], _ right: [Double]) -> Double {
            zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        }
        guard abs(dot(row, row) - 1) < 0.02, abs(dot(column, column) - 1) < 0.02,
            abs(dot(row, column)) < 0.02
        else {
            return QuarantineReason(
                .missingGeometry,
                "\(Tag.imageOrientationPatient) is not a pair of directions"
            )
        }
        let normalZ = row[0] * column[1] - row[1] * column[0]
        guard abs(normalZ) >= tiltLimit else {
            return QuarantineReason(.notAxial, "the image lies more than 30 degrees off axial")
        }
        return nil
    }

    // MARK: Body part

    private static func bodyPartRefusal(_ dataSet: DataSet) -> QuarantineReason? {
        let part = BodyRegion(words: dataSet.strings(.bodyPartExamined))
        switch part {
        case .head: return nil
        case .other:
            return QuarantineReason(.notHead, "\(Tag.bodyPartExamined) names another body part")
        case .unknown: break
        }
        let series = BodyRegion(words: dataSet.strings(.seriesDescription))
        let study = BodyRegion(
            words: [Tag.studyDescription, .protocolName, .requestedProcedureDescription].flatMap {
                dataSet.strings($0)
            }
        )
        switch (series, study) {
        case (.head, _), (.unknown, .head): return nil
        case (.other, _), (.unknown, .other):
            return QuarantineReason(.notHead, "the descriptions name another body part")
        case (.unknown, .unknown): return fieldRefusal(dataSet)
        }
    }

    /// A field of view in which a head is scanned, 150 to 350 mm, stands in for a missing name.
    private static func fieldRefusal(_ dataSet: DataSet) -> QuarantineReason? {
        let spacing = dataSet.double(.pixelSpacing) ?? 0
        let field = spacing * Double(dataSet.int(.rows) ?? 0)
        guard (150.0...350.0).contains(field) else {
            return QuarantineReason(
                .notHead,
                "no attribute names the head, and the field of view is not that of one"
            )
        }
        return nil
    }
}

extension String {
    /// Whether a short text occurs in this one, byte by byte.
    func holds(_ part: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(part.utf8)
        guard wanted.count <= bytes.count else { return false }
        return (0...bytes.count - wanted.count).contains { start in
            bytes[start] == wanted[0] && bytes[start...].starts(with: wanted)
        }
    }
}
