/// The parts of a head on a grid: skin, bone, and what lies inside the skull.
struct HeadSegmentation: Sendable {
    let grid: HeadGrid
    /// Air around the head that is connected with the sides of the picture.
    let outside: [Bool]
    /// The head with everything that touches it, such as pillows.
    let body: [Bool]
    /// Bone of the head, above 250 HU.
    let bone: [Bool]
    /// The contents of the skull, its holes and vessels filled.
    let cavity: [Bool]
    /// The volume of the contents in mL.
    let cavityML: Double
    /// How far cells are from the contents of the skull.
    let cavityDistance: DistanceMap

    private static let airLimit: Int16 = -300
    private static let boneLimit: Int16 = 250

    /// Finds the parts.
    ///
    /// - Throws: `face-no-cranial-cavity` where there is none of 80 to 2300 mL.
    init(_ grid: HeadGrid) throws(FaceRemovalError) {
        let values = grid.values
        let isAir = values.map { $0 != HeadGrid.uncovered && $0 < Self.airLimit }
        let outside = GridComponents.reached(from: Self.sides(grid), through: isAir, grid)
        let tissue = values.indices.map { !outside[$0] && values[$0] > Self.airLimit }
        let body = Self.head(of: tissue, grid)
        let cavity = Self.cavity(in: grid)
        let count = cavity.count { $0 }
        let volume = Double(count) * grid.spacing * grid.spacing * grid.spacing / 1000
        guard (80...2300).contains(volume) else {
            throw FaceRemovalError(
                .noCranialCavity,
                "the largest soft region within bone has \(Int(volume)) mL, not 80 to 2300"
            )
        }
        self.grid = grid
        self.outside = outside
        self.body = body
        self.bone = values.indices.map { body[$0] && values[$0] > Self.boneLimit }
        self.cavity = cavity
        self.cavityML = volume
        self.cavityDistance = DistanceMap(grid, from: cavity)
    }

    /// The number of cells beside the skull's contents from where no bone lies towards the skin.
    ///
    /// Counted over the upper half, where a whole skull has none but thin sutures.
    var openSkullCells: Int {
        let boneDistance = DistanceMap(grid, from: bone)
        let skinDistance = DistanceMap(grid, from: outside)
        let heights = cavity.indices.filter { cavity[$0] }.map { $0 / grid.strides.z }
        let middle = ((heights.first ?? 0) + (heights.last ?? 0)) / 2
        return cavity.indices.count { index in
            index / grid.strides.z > middle && !cavity[index]
                && cavityDistance.isWithin(grid.spacing, index)
                && !boneDistance.isWithin(8, index) && skinDistance.isWithin(25, index)
        }
    }

    /// The outermost covered cells to the left, right, front and back.
    private static func sides(_ grid: HeadGrid) -> [Int] {
        var seeds: [Int] = []
        func ends(_ count: Int, _ index: (Int) -> Int) {
            let covered = { (place: Int) in grid.values[index(place)] != HeadGrid.uncovered }
            if let first = (0..<count).first(where: covered) { seeds.append(index(first)) }
            if let last = (0..<count).last(where: covered) { seeds.append(index(last)) }
        }
        for z in 0..<grid.counts.z {
            for y in 0..<grid.counts.y { ends(grid.counts.x) { grid.index($0, y, z) } }
            for x in 0..<grid.counts.x { ends(grid.counts.y) { grid.index(x, $0, z) } }
        }
        return seeds
    }

    /// The largest thick object and all within 28 mm of its core: nose and ears, not the table.
    private static func head(of tissue: [Bool], _ grid: HeadGrid) -> [Bool] {
        let depth = DistanceMap(grid, from: tissue.map { !$0 })
        let core = tissue.indices.map { tissue[$0] && !depth.isWithin(5, $0) }
        let head = DistanceMap(grid, from: GridComponents.largest(of: core, grid).cells)
        return tissue.indices.map { tissue[$0] && head.isWithin(28, $0) }
    }

    /// The largest soft region that 6 mm of erosion leaves, grown back and its holes closed.
    ///
    /// Erosion parts the brain from the orbits and from scalp over an opening of the skull.
    private static func cavity(in grid: HeadGrid) -> [Bool] {
        let soft = grid.values.map { (-30...130).contains($0) }
        let depth = DistanceMap(grid, from: soft.map { !$0 })
        let core = soft.indices.map { !depth.isWithin(6.5, $0) }
        let brain = GridComponents.largest(of: core, grid).cells
        let grown = DistanceMap(grid, from: brain)
        let near = grid.values.indices.map { index in
            grown.isWithin(8, index) && (-100...200).contains(grid.values[index])
        }
        let wide = DistanceMap(
            grid,
            from: DistanceMap(grid, from: near).cells(within: 10).map { !$0 }
        )
        return wide.thirds.indices.map { near[$0] || !wide.isWithin(10, $0) }
    }
}
