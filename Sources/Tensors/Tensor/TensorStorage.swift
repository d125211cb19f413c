/// The 64-byte aligned memory of one tensor.
///
/// 64 bytes is one cache line and one AVX-512 register: what the C kernels and oneDNN want.
@safe
final class TensorStorage: @unchecked Sendable {
    // SAFETY: the memory is written only by `Tensor.withUnsafeMutableBuffer` after it has made
    // sure that it holds the only reference, and is freed once, when the last reference goes.
    let base: UnsafeMutablePointer<Float>
    let count: Int

    /// Memory for `count` elements, not initialised.
    init(uninitializedCount count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride,
            alignment: 64
        )
        unsafe self.base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
        self.count = count
    }

    /// A copy of the same elements in new memory.
    func copy() -> TensorStorage {
        let other = TensorStorage(uninitializedCount: count)
        unsafe other.base.update(from: base, count: count)
        return other
    }

    deinit {
        unsafe UnsafeMutableRawPointer(base).deallocate()
    }
}
