/// The bounds that keep a hostile or damaged file from exhausting memory or the stack.
package struct ReadingLimits: Hashable, Sendable {
    /// The deepest nesting of sequences; 64, twice the deepest structured report we know of.
    package var maximumDepth = 64

    /// The most elements, items and fragments in one file; an enhanced CT needs some 100,000.
    ///
    /// An empty item takes eight bytes of a file and some 300 of memory: this many stay below
    /// 256 MiB.
    package var maximumElementCount = 400_000

    /// The longest single value in bytes; 1 GiB holds 2,000 native slices in one object.
    package var maximumElementLength = 1 << 30

    /// The longest file in bytes; 2 GiB.
    package var maximumFileSize = 1 << 31

    /// The longest data set after inflating, in bytes; 64 MiB hold 128 native slices, and keep a
    /// deflate bomb, which is copied once on its way into values, below 256 MiB of memory.
    package var maximumInflatedSize = 1 << 26

    /// The limits described at each property.
    package init() {}

    /// The limits for files from a hospital.
    package static let `default` = ReadingLimits()
}
