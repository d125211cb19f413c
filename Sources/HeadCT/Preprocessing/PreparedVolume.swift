package import Tensors

/// An exam on the grid of a contract: gantry tilt undone, centred on the head, masks beside it.
///
/// The grid lies in the scan plane: `gridSize` × `gridSize` pixels whose middle is the head's
/// centre of mass, each slice placed by where it lies in the patient and not by its pixel numbers,
/// which straightens a sheared stack. Outside the images there is air.
package struct PreparedVolume: Sendable, Hashable {
    /// The contract it was prepared under.
    package let contract: PreprocessingContract
    /// The slices, ascending along the normal.
    package let slices: [PreparedSlice]
    /// The slices that show enough of a head, or any lesion, to be scored or trained on; ascending.
    package let validSlices: [Int]
    /// The number of lesion pixels of the source masks that the grid does not reach; more than a
    /// few call for a larger grid.
    package let lesionPixelsOutsideGrid: Int
    /// The middle of the grid along row and column direction in mm.
    package let centreMM: SIMD2<Double>

    /// HU × `unitsPerHU`, slice by slice, row-major.
    let fixedPoint: [Int16]
    /// Class codes a slice; nil where no mask says anything.
    let masks: [[UInt8]?]

    /// Values are kept in eighths of a HU: finer than the noise, half the memory of Float32.
    static let unitsPerHU: Float = 8

    /// The number of slices.
    package var depth: Int { slices.count }

    /// The rows and columns of a slice.
    package var size: Int { contract.gridSize }

    /// The values of one slice in HU, row-major.
    package func hounsfield(at z: Int) -> [Float] {
        fixedPoint[z * size * size..<(z + 1) * size * size].map { Float($0) / Self.unitsPerHU }
    }

    /// Whether masks say where haemorrhage is and is not in this slice.
    package func isMaskKnown(at z: Int) -> Bool { masks[z] != nil }

    /// The class code of each pixel (see ``MaskImage``), row-major; nil if no mask is known.
    package func mask(at z: Int) -> [UInt8]? { masks[z] }

    /// 1 where there is haemorrhage of any kind and 0 elsewhere, [rows, columns]; nil if no mask is
    /// known.
    package func maskTarget(at z: Int) -> Tensor? {
        masks[z].map { Tensor(shape: [size, size], values: $0.map { $0 == 0 ? 0 : 1 }) }
    }

    /// The volume in mL that one pixel of this slice stands for.
    package func pixelML(at z: Int) -> Double {
        contract.pixelSpacingMM * contract.pixelSpacingMM * slices[z].extentMM / 1000
    }

    /// The volume in mL drawn in the prepared masks; unknown slices count as empty.
    package var lesionML: Double {
        masks.indices.reduce(0) { sum, z in
            sum + Double(masks[z]?.count { $0 != 0 } ?? 0) * pixelML(at: z)
        }
    }

    /// What is known about a prepared slice from labels of its source slices: present if in any,
    /// absent if in none.
    ///
    /// - Parameters:
    ///   - z: The prepared slice.
    ///   - labels: Labels by SOP Instance UID; a source slice that is missing is unknown.
    /// - Returns: The known values.
    package func values(at z: Int, from labels: [String: SliceLabels]) -> [HaemorrhageType: Bool] {
        .maximum(over: slices[z].sources.map { labels[$0.sopInstanceUID]?.values ?? [:] })
    }
}
