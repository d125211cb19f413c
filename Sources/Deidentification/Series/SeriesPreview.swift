import DICOM

/// What would become of a series, to be looked at before anything is written.
package struct SeriesPreview: Sendable {
    /// A picture and the name of its file.
    package struct Picture: Sendable {
        /// Such as `surface.png`.
        package let name: String
        /// Before on the top or the left, after below or on the right.
        package let picture: GreyPicture
    }

    /// What would be done to the pixels.
    package let report: SeriesReport
    /// What would become of one file's header; empty if none would be released.
    package let changes: [HeaderChange]
    /// The skin before and after, and the slices whose text would be blanked.
    package let pictures: [Picture]
}

extension SeriesDeidentifier {
    /// Slices with text that are shown at most.
    private static let mostTextPictures = 12

    /// Works through a series and keeps pictures instead of files.
    ///
    /// - Parameter files: The files, in any order.
    /// - Returns: What would become of them.
    package func preview(_ files: [SeriesFile]) -> SeriesPreview {
        var before = SliceStack()
        var after = SliceStack()
        var changes: [HeaderChange] = []
        var pictures: [SeriesPreview.Picture] = []
        let report = deidentify(files) { number, outcome in
            guard let instance = try? outcome.get(), let bytes = try? files[number].load(),
                let file = try? DICOMFile(reading: bytes),
                let scale = try? HounsfieldScale(file.dataSet),
                let original = try? originalFrame(of: file)
            else { return }
            if changes.isEmpty {
                changes = HeaderComparison.changes(from: file.dataSet, to: instance.dataSet)
            }
            if instance.cleaning.blankedBandCount > 0, pictures.count < Self.mostTextPictures {
                let cleaning = TextCleaning(slope: scale.slope, intercept: scale.intercept)
                pictures.append(
                    SeriesPreview.Picture(
                        name: "text-\(number).png",
                        picture: GreyPicture.row(
                            [original, instance.frame].map(cleaning.picture)
                        )
                    )
                )
            }
            if let placement = try? SlicePlacement(file.dataSet, frame: original) {
                for (frame, isBefore) in [(original, true), (instance.frame, false)] {
                    let slice = SliceStack.reduced(
                        frame.samples,
                        placement: placement,
                        slope: scale.slope,
                        intercept: scale.intercept
                    )
                    if isBefore { before.append(slice) } else { after.append(slice) }
                }
            }
        }
        if let first = SurfaceRendering(before), let second = SurfaceRendering(after) {
            let surface = GreyPicture.column([first.views, second.views])
            pictures.append(SeriesPreview.Picture(name: "surface.png", picture: surface))
        }
        return SeriesPreview(report: report, changes: changes, pictures: pictures)
    }
}
