package import DICOM

extension CTSlice {
    /// Makes a slice of a decoded image.
    ///
    /// - Parameters:
    ///   - dataSet: The image's attributes; its pixel data is not looked at.
    ///   - frame: The decoded stored values.
    /// - Throws: `missing-attribute`, `invalid-attribute`, `multi-frame`, `not-grayscale` or
    ///   `inconsistent-size`.
    package init(_ dataSet: DataSet, frame: DecodedFrame) throws(HeadCTError) {
        guard let uid = dataSet.string(.sopInstanceUID) else {
            throw HeadCTError(.missingAttribute, "SOPInstanceUID (0008,0018)")
        }
        guard (dataSet.int(.numberOfFrames) ?? 1) == 1 else {
            throw HeadCTError(
                .multiFrame,
                "the image has several frames; convert it to single slices"
            )
        }
        guard frame.samplesPerPixel == 1 else {
            throw HeadCTError(
                .notGrayscale,
                "the image has \(frame.samplesPerPixel) samples a pixel"
            )
        }
        let plane = try SlicePlane(dataSet)
        guard frame.rows == plane.rows, frame.columns == plane.columns,
            frame.samples.count == plane.rows * plane.columns
        else {
            throw HeadCTError(.inconsistentSize, "the decoded pixels do not fill Rows x Columns")
        }
        let scale = try HounsfieldScale(
            dataSet,
            bitsStored: frame.bitsStored,
            isSigned: frame.isSigned
        )
        let thickness = dataSet.double(.sliceThickness)
        self.init(
            sopInstanceUID: uid,
            instanceNumber: dataSet.int(.instanceNumber) ?? 0,
            plane: plane,
            thickness: thickness.flatMap { $0 > 0 && $0 < 100 ? $0 : nil },
            hounsfield: scale.hounsfield(frame.samples)
        )
    }
}

extension CTVolume {
    /// Builds the volume of one series from its decoded images, in any order.
    ///
    /// - Throws: What ``CTSlice/init(_:frame:)`` and ``CTVolume/init(slices:patientPosition:)``
    ///   throw.
    package static func build(
        from images: [(dataSet: DataSet, frame: DecodedFrame)]
    ) throws(HeadCTError) -> CTVolume {
        var slices: [CTSlice] = []
        slices.reserveCapacity(images.count)
        for image in images {
            slices.append(try CTSlice(image.dataSet, frame: image.frame))
        }
        return try CTVolume(
            slices: slices,
            patientPosition: images.first?.dataSet.string(.patientPosition)
        )
    }
}
