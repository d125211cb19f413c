/// Takes the slices of an exam out of a NIfTI mask, each by where it lies in space.
///
/// The affine (RAS) is turned to DICOM's LPS, and the pixels of each image are looked up through
/// it, so that order and direction of the file's axes do not matter. The file must have the grid of
/// the images: a mask that lies between the pixels or slices is refused, not resampled.
struct NIfTIMasks {
    private let image: NIfTIImage
    private let file: Int
    private let highest: Float
    private let areClasses: Bool

    init(image: NIfTIImage, file: Int) {
        self.image = image
        self.file = file
        highest = image.values.reduce(0) { max($0, $1) }
        areClasses = image.values.allSatisfy { Self.code($0) != nil }
    }

    /// How far from the middle of a voxel a slice may lie, in voxels.
    private static let tolerance = 0.25

    func masks(for exam: ExamIdentity) -> MaskSet {
        var result = MaskSet()
        guard let affine = image.affine?.flippingLeftAndPosterior else {
            result.issues = [MaskIssue(.noAffine, file: file)]
            return result
        }
        guard areClasses else {
            result.issues = [MaskIssue(.unknownClass, file: file)]
            return result
        }
        for (part, instance) in exam.instances.enumerated() {
            guard let plane = instance.plane else {
                result.issues.append(MaskIssue(.noGeometry, file: file, part: part))
                continue
            }
            switch mask(on: plane, affine) {
            case .success(let mask): result.masks[instance.sopInstanceUID] = mask
            case .failure(let failure):
                result.issues.append(MaskIssue(failure.reason, file: file, part: part))
            }
        }
        return result
    }

    /// The class code of a voxel value, or nil.
    ///
    /// A file with one class (0 and 1) does not say which type it is, so its 1 means unspecified
    /// haemorrhage; a file in which higher classes occur follows the order of ``HaemorrhageType``.
    private static func code(_ value: Float) -> UInt8? {
        guard let code = UInt8(exactly: value), code <= 5 || code == MaskImage.unspecified else {
            return nil
        }
        return code
    }

    private func mask(
        on plane: SlicePlane,
        _ affine: AffineTransform
    ) -> Result<MaskImage, MaskRefusal> {
        let start = affine.voxel(at: plane.position)
        let across = affine.step(along: plane.rowDirection * plane.pixelSpacing.betweenColumns)
        let down = affine.step(along: plane.columnDirection * plane.pixelSpacing.betweenRows)
        let corners = [
            start, start + across * Double(plane.columns - 1),
            start + down * Double(plane.rows - 1),
        ]
        guard Self.isAxis(across), Self.isAxis(down), corners.allSatisfy(Self.isNearVoxel) else {
            return .failure(MaskRefusal(reason: .gridDiffers))
        }
        let opposite = corners[1] + corners[2] - start
        let last = SIMD3(Double(image.size.x), Double(image.size.y), Double(image.size.z)) - 1
        let reach = Self.tolerance
        for corner in corners + [opposite] {
            let isInside = (0..<3).allSatisfy { axis in
                corner[axis] >= -reach && corner[axis] <= last[axis] + reach
            }
            guard isInside else { return .failure(MaskRefusal(reason: .noSlice)) }
        }
        return .success(pixels(plane, from: start, across: across, down: down))
    }

    /// Whether a step goes one voxel along one axis.
    private static func isAxis(_ step: SIMD3<Double>) -> Bool {
        let sizes = (0..<3).map { abs(step[$0]) }.sorted()
        return sizes[1] < 0.01 && abs(sizes[2] - 1) < 0.01
    }

    private static func isNearVoxel(_ voxel: SIMD3<Double>) -> Bool {
        (0..<3).allSatisfy { abs(voxel[$0] - voxel[$0].rounded()) <= tolerance }
    }

    private func pixels(
        _ plane: SlicePlane,
        from start: SIMD3<Double>,
        across: SIMD3<Double>,
        down: SIMD3<Double>
    ) -> MaskImage {
        let strides = SIMD3(1, image.size.x, image.size.x * image.size.y)
        let index = { (voxel: SIMD3<Double>) -> Int in
            let whole = SIMD3<Int>(
                Int(voxel.x.rounded()),
                Int(voxel.y.rounded()),
                Int(voxel.z.rounded())
            )
            return (whole &* strides).wrappedSum()
        }
        let first = index(start)
        let acrossStride = index(across)
        let downStride = index(down)
        let one: UInt8 = highest <= 1 ? MaskImage.unspecified : 1
        var classes = [UInt8](repeating: 0, count: plane.rows * plane.columns)
        for row in 0..<plane.rows {
            for column in 0..<plane.columns {
                let value = image.values[first + row * downStride + column * acrossStride]
                let code = UInt8(value)
                classes[row * plane.columns + column] = code == 1 ? one : code
            }
        }
        return MaskImage(rows: plane.rows, columns: plane.columns, unchecked: classes)
    }
}
