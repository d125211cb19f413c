import Tensors

/// An implant that a patient carries.
enum Implant: String, Sendable, Hashable, Codable, CaseIterable {
    /// An aneurysm clip at the skull base or in the Sylvian fissure.
    case clip
    /// A ball of embolization coils.
    case coils
    /// A ventricular catheter with its valve.
    case shunt

    private static let clipPlaces: [SIMD3<Float>] = [
        [12, -16, -20], [33, -16, -10], [0, -24, -16],
    ]

    private static let coilPlaces: [SIMD3<Float>] = [
        [10, -18, -18], [0, -26, -12], [30, -14, -8],
    ]

    /// The implant's parts, and which of them are metal.
    func structures(
        in parts: BrainParts,
        tissue: TissueHounsfield,
        using generator: inout SeededGenerator
    ) -> (painted: [Structure], metal: [Ellipsoid]) {
        let side = generator.drawSign()
        switch self {
        case .clip:
            let place = generator.pick(Self.clipPlaces) * SIMD3(side, 1, 1)
            let yaw = generator.drawFloat(-60...60)
            let clip = parts.one(place, [1.2, 5, 1.4], yaw: yaw, pitch: 20)
            return ([Structure(shape: clip, hounsfield: tissue.metal)], [clip])
        case .coils:
            let place = generator.pick(Self.coilPlaces) * SIMD3(side, 1, 1)
            let radius = generator.drawFloat(3...5.5)
            let ball = parts.one(place, [radius, radius, radius * 0.9])
            return ([Structure(shape: ball, hounsfield: tissue.metal)], [ball])
        case .shunt:
            let catheter = parts.one(
                [side * 19, -30, 34],
                [1.5, 5, 34],
                yaw: side * -10,
                pitch: 24
            )
            let place = SIMD3<Float>(side * 0.5, -0.4, 0.75).normalized
            let inner = parts.geometry.surfacePoint(place)
            let height = parts.geometry.thickness(atY: inner.y) + 1
            let valve = Ellipsoid(inner + inner.normalized * height, [3.2, 3.2, 2.4])
            return (
                [
                    Structure(shape: catheter, hounsfield: tissue.catheter),
                    Structure(shape: valve, hounsfield: tissue.metal),
                ], [valve]
            )
        }
    }
}
