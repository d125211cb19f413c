/// Weights [O, I, T, area] and the same with channels folded depth-first, [O, T, I, area].
///
/// The T·I folded channels may be followed by channels of zeros up to a whole block, which oneDNN
/// has fast loops for where it has none for nine channels.
@safe
struct FoldedWeights {
    let outputChannels: Int
    let inputChannels: Int
    let depth: Int
    let kernelArea: Int

    /// Folded channels of an output channel, zeros included.
    let paddedChannels: Int

    /// The folded form.
    let area: AlignedMemory

    init(outputChannels: Int, inputChannels: Int, depth: Int, area: Int, paddedChannels: Int) {
        self.outputChannels = outputChannels
        self.inputChannels = inputChannels
        self.depth = depth
        kernelArea = area
        self.paddedChannels = paddedChannels
        self.area = AlignedMemory(floats: outputChannels * paddedChannels * area)
    }

    /// Folds into `area`, and returns it.
    func folded(from weights: UnsafePointer<Float>) -> UnsafePointer<Float> {
        for block in blocks {
            unsafe (area.floats + block.folded).update(
                from: weights + block.plain,
                count: kernelArea
            )
        }
        return unsafe UnsafePointer(area.floats)
    }

    /// Unfolds what lies in `area`.
    func unfold(into weights: UnsafeMutablePointer<Float>) {
        for block in blocks {
            unsafe (weights + block.plain).update(
                from: area.floats + block.folded,
                count: kernelArea
            )
        }
    }

    private var blocks: [(plain: Int, folded: Int)] {
        (0..<outputChannels * inputChannels * depth).map { index in
            let (t, rest) = (index % depth, index / depth)
            let (i, o) = (rest % inputChannels, rest / inputChannels)
            return (index * kernelArea, (o * paddedChannels + t * inputChannels + i) * kernelArea)
        }
    }
}
