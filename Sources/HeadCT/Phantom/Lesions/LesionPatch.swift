/// The part of one slice that a lesion touches: for each pixel the fraction of its voxel.
struct LesionPatch: Sendable {
    let slice: Int
    let rows: Range<Int>
    let columns: Range<Int>
    /// The fraction of each voxel that is blood, 0 to 1, row-major over the ranges.
    var blood: [Float]
    /// The fraction of each voxel that is oedema around it.
    var oedema: [Float]

    /// An empty patch.
    init(slice: Int, rows: Range<Int>, columns: Range<Int>) {
        self.slice = slice
        self.rows = rows
        self.columns = columns
        self.blood = Array(repeating: 0, count: rows.count * columns.count)
        self.oedema = self.blood
    }
}
