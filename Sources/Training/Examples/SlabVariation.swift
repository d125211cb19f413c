import Foundation
import HeadCT
import Tensors

/// One drawn variation of a slab: an in-plane similarity transform, then an offset and noise in HU.
struct SlabVariation {
    let isFlipped: Bool
    let rotation: Double
    let scale: Double
    let shiftXMM: Double
    let shiftYMM: Double
    let offset: Float
    let noise: Float

    private var movesPixels: Bool {
        isFlipped || rotation != 0 || scale != 1 || shiftXMM != 0 || shiftYMM != 0
    }

    /// The slab around slice `z` and the mask of that slice.
    func apply(
        to exam: TrainingExam,
        at z: Int,
        using generator: inout SeededGenerator
    ) -> (input: Tensor, mask: Tensor?) {
        let volume = exam.volume
        guard movesPixels || offset != 0 || noise != 0 else {
            return (volume.slab(at: z), mask(of: exam, at: z, from: []))
        }
        let sources = movesPixels ? sources(in: volume) : []
        let slices = volume.slabIndices(at: z).map { index in
            var values = volume.hounsfield(at: index)
            if movesPixels { values = sources.map { $0.interpolate(values) } }
            if noise != 0 {
                for pixel in values.indices {
                    values[pixel] += noise * Float(generator.nextGaussian())
                }
            }
            return values
        }
        return (windowed(slices, volume.contract), mask(of: exam, at: z, from: sources))
    }

    private func mask(
        of exam: TrainingExam,
        at z: Int,
        from sources: [PixelSource]
    ) -> Tensor? {
        guard let classes = exam.maskClasses(at: z) else { return nil }
        let values = classes.map { $0 == 0 ? Float(0) : 1 }
        let size = exam.volume.size
        return Tensor(
            shape: [size, size],
            values: movesPixels ? sources.map { values[$0.nearest] } : values
        )
    }

    private func windowed(_ slices: [[Float]], _ contract: PreprocessingContract) -> Tensor {
        var values: [Float] = []
        values.reserveCapacity(contract.slabShape.reduce(1, *))
        let (factor, shift): (Float, Float) = contract.range == .centred ? (2, -1) : (1, 0)
        for window in contract.windows {
            for slice in slices {
                for hounsfield in slice {
                    values.append(window.apply(hounsfield + offset) * factor + shift)
                }
            }
        }
        return Tensor(shape: contract.slabShape, values: values)
    }

    /// Where each output pixel comes from.
    private func sources(in volume: PreparedVolume) -> [PixelSource] {
        let size = volume.size
        let centre = Double(size - 1) / 2
        let spacing = volume.contract.pixelSpacingMM
        let (sine, cosine) = (sin(rotation) / scale, cos(rotation) / scale)
        var result: [PixelSource] = []
        result.reserveCapacity(size * size)
        for row in 0..<size {
            for column in 0..<size {
                let x = (Double(column) - centre - shiftXMM / spacing) * (isFlipped ? -1 : 1)
                let y = Double(row) - centre - shiftYMM / spacing
                result.append(
                    PixelSource(
                        x: cosine * x - sine * y + centre,
                        y: sine * x + cosine * y + centre,
                        size: size
                    )
                )
            }
        }
        return result
    }
}
