import DICOM

/// What the Clean Graphics Option (PS3.15 E.3.3) leaves of overlay planes: regions, drawn anew.
///
/// A plane may hold anything, a name in handwriting included. So no bit of it is copied: from each
/// plane the areas that lines enclose or fill are taken, at least an eighth of the image wide and
/// high and covering two fifths of their box, as letters and signatures hardly do; at most four of a
/// plane. They are written as an overlay of type R without label or description. Text, lines and
/// arrows, curves (50xx) and annotations are gone.
struct OverlayRegions {
    private let rows: Int
    private let columns: Int

    private static let maximumCount = 4
    private static let minimumShare = 8
    private static let minimumFill = 0.4

    /// For an image of this size; overlays of another size are dropped.
    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// The elements of the planes that have a region, in ascending order.
    func elements(of input: DataSet) -> [DataElement] {
        stride(from: UInt16(0x6000), through: 0x601E, by: 2).flatMap { group in
            plane(group, of: input).map { elements(group, bits: $0) } ?? []
        }
    }

    /// The regions of a plane of one bit a pixel that lies over the whole image.
    private func plane(_ group: UInt16, of input: DataSet) -> [Bool]? {
        guard input.int(Tag(group, 0x0010)) == rows, input.int(Tag(group, 0x0011)) == columns,
            input.int(Tag(group, 0x0100)) == 1, rows > 0, columns > 0,
            let bytes = input[Tag(group, 0x3000)]?.bytes, bytes.count * 8 >= rows * columns
        else { return nil }
        let bits = (0..<rows * columns).map { bytes[$0 >> 3] >> UInt8($0 & 7) & 1 == 1 }
        let regions = regions(of: filled(bits))
        return regions.contains(true) ? regions : nil
    }

    /// The bits and everything that they enclose.
    private func filled(_ bits: [Bool]) -> [Bool] {
        var isOutside = [Bool](repeating: false, count: bits.count)
        var stack = bits.indices.filter { isBorder($0) && !bits[$0] }
        for place in stack { isOutside[place] = true }
        while let place = stack.popLast() {
            for next in neighbours(of: place) where !bits[next] && !isOutside[next] {
                isOutside[next] = true
                stack.append(next)
            }
        }
        return isOutside.map { !$0 }
    }

    private func regions(of bits: [Bool]) -> [Bool] {
        var isSeen = [Bool](repeating: false, count: bits.count)
        var kept = [Bool](repeating: false, count: bits.count)
        var count = 0
        for seed in bits.indices where bits[seed] && !isSeen[seed] {
            let (places, box) = component(from: seed, bits, &isSeen)
            guard isRegion(box), count < Self.maximumCount else { continue }
            count += 1
            for place in places { kept[place] = true }
        }
        return kept
    }

    private func component(
        from seed: Int,
        _ bits: [Bool],
        _ isSeen: inout [Bool]
    ) -> ([Int], Component) {
        var box = Component(column: seed % columns, row: seed / columns)
        var places: [Int] = []
        var stack = [seed]
        isSeen[seed] = true
        while let place = stack.popLast() {
            places.append(place)
            box.add(column: place % columns, row: place / columns)
            for next in neighbours(of: place) where bits[next] && !isSeen[next] {
                isSeen[next] = true
                stack.append(next)
            }
        }
        return (places, box)
    }

    private func isRegion(_ box: Component) -> Bool {
        box.width * Self.minimumShare >= columns && box.height * Self.minimumShare >= rows
            && box.fill >= Self.minimumFill
    }

    private func isBorder(_ place: Int) -> Bool {
        let (row, column) = (place / columns, place % columns)
        return row == 0 || column == 0 || row == rows - 1 || column == columns - 1
    }

    private func neighbours(of place: Int) -> [Int] {
        let column = place % columns
        var places: [Int] = []
        if column > 0 { places.append(place - 1) }
        if column < columns - 1 { places.append(place + 1) }
        if place >= columns { places.append(place - columns) }
        if place < (rows - 1) * columns { places.append(place + columns) }
        return places
    }

    private func elements(_ group: UInt16, bits: [Bool]) -> [DataElement] {
        var bytes = [UInt8](repeating: 0, count: (bits.count + 15) / 16 * 2)
        for (place, bit) in bits.enumerated() where bit {
            bytes[place >> 3] |= 1 << UInt8(place & 7)
        }
        return [
            DataElement(Tag(group, 0x0010), unsigned: rows),
            DataElement(Tag(group, 0x0011), unsigned: columns),
            DataElement(Tag(group, 0x0040), .cs, text: "R"),
            DataElement(tag: Tag(group, 0x0050), vr: .ss, value: .bytes([1, 0, 1, 0])),
            DataElement(Tag(group, 0x0100), unsigned: 1),
            DataElement(Tag(group, 0x0102), unsigned: 0),
            DataElement(tag: Tag(group, 0x3000), vr: .ow, value: .bytes(bytes)),
        ]
    }
}
