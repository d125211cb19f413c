/// What the second pass does to each slice of a series, from all slices together.
package struct SeriesPlan: Sendable {
    let slices: [ExaminedSlice]
    /// Places where text was found in more than one slice, by the size of the slices.
    let repeatedText: [SIMD2<Int>: [PixelRegion]]
    /// The stacks of parallel slices; empty if faces stay.
    let faces: [FaceDecision]
    /// Which stack each slice is in.
    let stackOfSlice: [Int]
    /// The second reader of text, if there was one.
    let textReader: String?

    /// What is done about the face in a slice; nil if faces stay.
    func face(ofSlice number: Int) -> FaceDecision? {
        faces.isEmpty ? nil : faces[stackOfSlice[number]]
    }

    /// Numbers the stacks that slices form: those of one direction in one frame of reference.
    static func stacks(of slices: [ExaminedSlice]) -> [Int] {
        var firsts: [ExaminedSlice] = []
        return slices.map { slice in
            if let known = firsts.firstIndex(where: { isParallel($0, slice) }) { return known }
            firsts.append(slice)
            return firsts.count - 1
        }
    }

    /// The cosine of one degree: scanners round directions, patients do not turn within a scan.
    private static let parallel = 0.99985

    private static func isParallel(_ left: ExaminedSlice, _ right: ExaminedSlice) -> Bool {
        guard let first = left.reduced?.placement, let second = right.reduced?.placement else {
            return true
        }
        return left.frameOfReference == right.frameOfReference
            && SlicePlacement.dot(first.normal, second.normal) > parallel
    }
}
