/// The exchange of big and little endian.
enum ByteOrder {
    /// Reverses the bytes of each whole unit in place; a rest shorter than a unit stays.
    static func swap(_ bytes: inout [UInt8], unit: Int) {
        guard unit > 1 else { return }
        var start = 0
        while start + unit <= bytes.count {
            var low = start
            var high = start + unit - 1
            while low < high {
                bytes.swapAt(low, high)
                low += 1
                high -= 1
            }
            start += unit
        }
    }
}
