package import Tensors

extension PreparedVolume {
    /// The slices of the slab around `z`, the middle one being `z`; indices repeat where there is
    /// no neighbour.
    ///
    /// Going outwards from the middle, the last slice before an end or a gap stands in for the
    /// missing ones.
    package func slabIndices(at z: Int) -> [Int] {
        precondition(slices.indices.contains(z), "the slice exists")
        let reach = contract.slabDepth / 2
        var below: [Int] = []
        var above: [Int] = []
        var low = z
        var high = z
        for _ in 0..<reach {
            if low > 0, isContinuous(low - 1, low) { low -= 1 }
            if high + 1 < depth, isContinuous(high, high + 1) { high += 1 }
            below.append(low)
            above.append(high)
        }
        return below.reversed() + [z] + above
    }

    private func isContinuous(_ lower: Int, _ upper: Int) -> Bool {
        !SliceGrouping.isGap(
            distance: slices[upper].locationMM - slices[lower].locationMM,
            thicknesses: (slices[lower].thicknessMM, slices[upper].thicknessMM),
            spacing: contract.sliceSpacingMM
        )
    }

    /// The network's input for one slice: [windows, slab depth, rows, columns], in the contract's
    /// range.
    package func slab(at z: Int) -> Tensor {
        let indices = slabIndices(at: z)
        let plane = size * size
        return unsafe Tensor(shape: contract.slabShape) { output in
            var position = 0
            for window in contract.windows {
                for slice in indices {
                    unsafe apply(
                        window,
                        to: slice,
                        into: UnsafeMutableBufferPointer(
                            rebasing: output[position..<position + plane]
                        )
                    )
                    position += plane
                }
            }
        }
    }

    private func apply(
        _ window: Window,
        to slice: Int,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        let scale = window.scale / Self.unitsPerHU
        let offset = window.offset
        let start = slice * size * size
        let (factor, shift): (Float, Float) = contract.range == .centred ? (2, -1) : (1, 0)
        unsafe fixedPoint.withUnsafeBufferPointer { values in
            for index in output.indices {
                let place = unsafe Float(values[start + index]) * scale + offset
                unsafe output.initializeElement(
                    at: index,
                    to: max(0, min(1, place)) * factor + shift
                )
            }
        }
    }
}
