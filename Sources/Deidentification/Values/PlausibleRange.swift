import DICOM

/// The values that a measure of a CT scan can have; a number outside was put there for something
/// else, such as a record number or a date.
///
/// Wide enough for every scanner: units as in PS3.3 C.8.2.1, C.8.15 and C.7.6.2.
enum PlausibleRange {
    /// The range of an attribute, where the usual maximum is far too wide.
    static let of: [Tag: ClosedRange<Double>] = [
        // PatientSize (m), PatientWeight (kg)
        Tag(0x0010, 0x1020): 0...3, Tag(0x0010, 0x1030): 0...700,
        // SliceThickness, KVP, SpacingBetweenSlices, DataCollectionDiameter
        Tag(0x0018, 0x0050): 0...1000, Tag(0x0018, 0x0060): 0...500,
        Tag(0x0018, 0x0088): -1000...1000, Tag(0x0018, 0x0090): 0...5000,
        // ReconstructionDiameter, distances of the source, gantry tilt, table height
        Tag(0x0018, 0x1100): 0...5000, Tag(0x0018, 0x1110): 0...5000,
        Tag(0x0018, 0x1111): 0...5000, Tag(0x0018, 0x1120): -90...90,
        Tag(0x0018, 0x1130): -5000...5000, Tag(0x0018, 0x1190): 0...20,
        // Contrast: volume, total dose, flow rate and duration, concentration
        Tag(0x0018, 0x1041): 0...2000, Tag(0x0018, 0x1044): 0...2000,
        Tag(0x0018, 0x1046): 0...100, Tag(0x0018, 0x1047): 0...9999,
        Tag(0x0018, 0x1049): 0...2000,
        // CT acquisition: rotation, collimation, table, pitch, dose
        Tag(0x0018, 0x9305): 0...1000, Tag(0x0018, 0x9306): 0...1000,
        Tag(0x0018, 0x9307): 0...1000, Tag(0x0018, 0x9309): 0...5000,
        Tag(0x0018, 0x9310): 0...5000, Tag(0x0018, 0x9311): 0...100,
        Tag(0x0018, 0x9324): -100...100, Tag(0x0018, 0x9345): 0...9999,
        Tag(0x0018, 0x9313): -9999...9999, Tag(0x0018, 0x9318): -9999...9999,
        // Geometry: positions, orientation, spacing
        Tag(0x0020, 0x0032): -19_999...19_999, Tag(0x0020, 0x0037): -2...2,
        Tag(0x0020, 0x1041): -19_999...19_999, Tag(0x0028, 0x0030): 0...100,
    ]
}
