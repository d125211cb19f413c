/// What is to be done about the face in one stack of parallel slices.
enum FaceDecision: Sendable {
    /// There is no face in the slices: no surface, or no head.
    case noFace(FaceRemovalReport.Outcome)
    /// The face is cut, and what lies inside the skull is guarded.
    case removal(FaceRemoval, SkullInterior?)
    /// The slices are held back.
    case refused(QuarantineReason)

    /// Decides for the slices of a stack.
    ///
    /// - Parameters:
    ///   - stack: The slices, all in one direction.
    ///   - mode: How much is to go.
    ///   - key: The site's secret for cuts.
    ///   - study: The study's original name.
    init(_ stack: SliceStack, mode: FaceRemovalMode, key: DeidentificationKey, study: String) {
        if stack.slices.allSatisfy(\.placement.isAxial), Self.showsNoSurface(stack) {
            self = .noFace(.noSurface)
            return
        }
        if stack.showsTrunkOnly {
            self = .noFace(.noFaceInScan)
            return
        }
        do throws(FaceRemovalError) {
            let interior = SkullInterior(stack, mode: mode)
            let removal = try FaceRemoval(
                stack,
                mode: mode,
                key: key.faceKey,
                study: study,
                sparing: interior
            )
            self = Self.guarded(removal, interior, stack)
        } catch {
            self = .refused(QuarantineReason(error))
        }
    }

    /// The removal with what guards it; a scan without a face needs nothing guarded.
    private static func guarded(
        _ removal: FaceRemoval,
        _ interior: SkullInterior?,
        _ stack: SliceStack
    ) -> FaceDecision {
        if removal.report.outcome == .noFaceInScan { return .removal(removal, nil) }
        guard let interior else { return .refused(unguarded) }
        let touches = stack.slices.contains { removal.touches(interior, in: $0) }
        return touches ? .refused(touched) : .removal(removal, interior)
    }

    /// The height in mm of a slab on which no face can be recognized.
    private static let leastSurface = 20.0

    /// Fewer than four different slices, or none but thin slabs of them.
    ///
    /// Many slices at few places are no proof: their positions may be wrong.
    private static func showsNoSurface(_ stack: SliceStack) -> Bool {
        if stack.differentPictures(upTo: 4) < 4 { return true }
        return stack.ordered.count >= 4 && stack.longestRun < leastSurface
    }

    static let touched = QuarantineReason(
        .verificationFailed,
        "face removal would change pixels inside the skull or within 10 mm of it"
    )
    private static let unguarded = QuarantineReason(
        .verificationFailed,
        "the inside of the skull was not found a second time, so that it cannot be guarded"
    )
}
