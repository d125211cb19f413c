/// Bone, air and orbits at the base of the skull, as painted ellipsoids.
struct SkullBaseParts {
    let parts: BrainParts
    let tissue: TissueHounsfield
    /// Sinuses and mastoid cells are filled with air from this age on.
    let isPneumatized: Bool

    /// Everything, in the order of painting.
    var structures: [Structure] { petrousBones + orbits + airSpaces }

    private var petrousBones: [Structure] {
        let bones =
            parts.pair([36, 7, -40], [22, 5.5, 7], yaw: 32)
            + parts.pair([53, 20, -42], [7, 12, 11], yaw: -16)
            + parts.pair([40, -31, -20], [18, 2.2, 4], yaw: -12)
        return bones.map { Structure(shape: $0, hounsfield: tissue.petrousBone) }
            + [Structure(shape: parts.one([0, -10, -34], [11, 6, 7]), hounsfield: tissue.diploe)]
    }

    private var orbits: [Structure] {
        let bony = parts.pair([31, -56, -34], [20.5, 24, 17.5], yaw: 16)
        let fatty = parts.pair([31, -58, -34], [18.2, 24, 15.5], yaw: 16)
        let globes = parts.pair([32, -69, -34], [12, 12, 12])
        let lenses = parts.pair([32, -79, -34], [4.5, 2, 4.5])
        let nerves = parts.pair([27, -46, -34], [2, 13, 2], yaw: 16)
        return bony.map { Structure(shape: $0, hounsfield: tissue.compactBone * 0.7) }
            + fatty.map { Structure(shape: $0, hounsfield: tissue.fat) }
            + globes.map { Structure(shape: $0, hounsfield: 10) }
            + lenses.map { Structure(shape: $0, hounsfield: 75) }
            + nerves.map { Structure(shape: $0, hounsfield: 35) }
    }

    private var airSpaces: [Structure] {
        guard isPneumatized else { return [] }
        var result: [Structure] = []
        let cells: [SIMD3<Float>] = [
            [4, -74, -34], [-4, -70, -36], [4, -62, -33], [-4, -58, -35], [4, -50, -35],
            [-4, -46, -34],
        ]
        result.append(
            Structure(shape: parts.one([0, -60, -36], [10, 24, 14]), hounsfield: 250)
        )
        for cell in cells {
            result.append(
                Structure(shape: parts.one(cell, [3.4, 5, 12]), hounsfield: tissue.air)
            )
        }
        result += parts.pair([6, -25, -37], [5.4, 10, 7]).map(air)
        result += parts.pair([9, -84.6, -9], [7, 1.8, 8], yaw: 8).map(air)
        let mastoid: [SIMD3<Float>] = [
            [52, 14, -43], [56, 20, -40], [58, 27, -44], [53, 26, -38], [57, 14, -37],
        ]
        for cell in mastoid { result += parts.pair(cell, [2.6, 3, 4]).map(air) }
        return result + parts.pair([60, 3, -46], [12, 3, 3]).map(air)
    }

    private func air(_ shape: Ellipsoid) -> Structure {
        Structure(shape: shape, hounsfield: tissue.air * 0.95)
    }
}
