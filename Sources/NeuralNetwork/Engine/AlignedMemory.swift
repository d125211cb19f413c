/// A block of raw memory, 64-byte aligned and zeroed, freed with its owner.
@safe
final class AlignedMemory {
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) {
        // One cache line more than asked: vector loops may read the end of a tail.
        unsafe base = UnsafeMutableRawPointer.allocate(byteCount: byteCount + 64, alignment: 64)
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount + 64)
        self.byteCount = byteCount
    }

    /// A block for `count` floats.
    convenience init(floats count: Int) {
        self.init(byteCount: 4 * count)
    }

    /// The block as floats.
    var floats: UnsafeMutablePointer<Float> {
        unsafe base.assumingMemoryBound(to: Float.self)
    }

    /// Sets every byte to zero.
    func clear() {
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    deinit { unsafe base.deallocate() }
}
