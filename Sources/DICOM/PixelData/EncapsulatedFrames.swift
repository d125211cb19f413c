/// Finds the fragments of one frame in encapsulated pixel data (PS3.5 A.4).
struct EncapsulatedFrames {
    /// The first item: 32-bit offsets of the frames, or empty.
    private let basicOffsetTable: [UInt8]
    private let fragments: ArraySlice<[UInt8]>
    private let numberOfFrames: Int
    /// Extended Offset Table (7FE0,0001): 64-bit offsets, or empty.
    private let extendedOffsetTable: [UInt8]

    /// Takes the items of Pixel Data, the basic offset table first.
    init(
        items: [[UInt8]],
        numberOfFrames: Int,
        extendedOffsetTable: [UInt8] = []
    ) throws(DICOMError) {
        guard let table = items.first, items.count > 1 else {
            throw DICOMError(.invalidPixelData, tag: .pixelData, "there are no fragments")
        }
        basicOffsetTable = table
        fragments = items[1...]
        self.numberOfFrames = numberOfFrames
        self.extendedOffsetTable = extendedOffsetTable
    }

    /// The bytes of a frame, its fragments joined.
    func bytes(frame: Int) throws(DICOMError) -> [UInt8] {
        let range = try fragmentRange(frame: frame)
        if range.count == 1 { return fragments[range.lowerBound] }
        var joined: [UInt8] = []
        joined.reserveCapacity(fragments[range].reduce(0) { $0 + $1.count })
        for fragment in fragments[range] { joined += fragment }
        return joined
    }

    /// Tries, in this order: one frame; a fragment a frame; offset tables; starts of streams.
    private func fragmentRange(frame: Int) throws(DICOMError) -> Range<Int> {
        if numberOfFrames == 1 { return fragments.indices }
        if numberOfFrames == fragments.count {
            let index = fragments.startIndex + frame
            return index..<index + 1
        }
        let starts =
            startsByOffset(integers(basicOffsetTable, size: 4))
            ?? startsByOffset(integers(extendedOffsetTable, size: 8)) ?? startsByMarker()
        guard let starts else {
            throw DICOMError(
                .invalidPixelData,
                tag: .pixelData,
                "\(fragments.count) fragments do not tell where \(numberOfFrames) frames begin"
            )
        }
        return starts[frame]..<(frame + 1 < starts.count ? starts[frame + 1] : fragments.endIndex)
    }

    /// Fragment indices for byte offsets counted from the first fragment's item tag; nil if the
    /// table is not whole or an offset is no fragment's.
    private func startsByOffset(_ offsets: [Int]) -> [Int]? {
        guard offsets.count == numberOfFrames else { return nil }
        var starts: [Int] = []
        var position = 0
        for (index, fragment) in zip(fragments.indices, fragments) {
            if starts.count < offsets.count, offsets[starts.count] == position {
                starts.append(index)
            }
            position += 8 + fragment.count
        }
        return starts.count == numberOfFrames ? starts : nil
    }

    /// Fragments that begin with a start-of-image or start-of-codestream marker, if as many as frames.
    private func startsByMarker() -> [Int]? {
        let starts = fragments.indices.filter {
            fragments[$0].starts(with: [0xFF, 0xD8]) || fragments[$0].starts(with: [0xFF, 0x4F])
        }
        return starts.count == numberOfFrames && starts.first == fragments.startIndex
            ? starts : nil
    }

    private func integers(_ table: [UInt8], size: Int) -> [Int] {
        guard table.count.isMultiple(of: size) else { return [] }
        return stride(from: 0, to: table.count, by: size).map { start in
            (0..<size).reduce(0) { $0 | Int(table[start + $1]) << (8 * $1) }
        }
    }
}
