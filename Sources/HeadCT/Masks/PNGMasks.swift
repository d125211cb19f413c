/// A PNG named by the SOP Instance UID of its slice.
enum PNGMasks {
    static func read(
        _ bytes: [UInt8],
        stem: String,
        file: Int,
        exam: ExamIdentity
    ) throws(HeadCTError) -> MaskSet {
        let mask = try MaskImage(png: bytes)
        var result = MaskSet()
        let plane = exam.instances.first { $0.sopInstanceUID == stem }?.plane
        if let plane, plane.rows != mask.rows || plane.columns != mask.columns {
            result.issues = [MaskIssue(.sizeDiffers, file: file)]
        } else {
            result.masks[stem] = mask
        }
        return result
    }
}
