/// The bounds a safetensors file must keep before anything is allocated for it.
package struct SafetensorsLimits: Sendable, Hashable {
    /// Bytes of the JSON header; 1 MiB holds some ten thousand tensors.
    package var maximumHeaderBytes = 1 << 20

    /// Tensors in one file.
    package var maximumTensorCount = 10_000

    /// Dimensions of one tensor.
    package var maximumRank = 8

    /// Bytes of one name or of one metadata key or value.
    package var maximumStringBytes = 4096

    /// Bytes of all tensor data; 4 GiB is far above any model of this project.
    package var maximumDataBytes = 4 << 30

    /// The limits used where none are given.
    package static let standard = SafetensorsLimits()

    /// The standard limits, to be changed one by one.
    package init() {}
}
