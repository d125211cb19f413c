internal import Tensors

extension ParameterShape {
    /// The tensor a parameter starts as; equal for equal name, shape and seed.
    func initialTensor(seed: UInt64) -> Tensor {
        switch initialization {
        case .constant(let value):
            let values = [Float](repeating: value, count: Tensor.elementCount(of: shape))
            return Tensor(shape: shape, values: values)
        case .gaussian(let fanIn, let gain):
            var generator = SeededGenerator(seed: seed, stream: "initialization", name)
            let deviation = (gain / Double(fanIn)).squareRoot()
            let values = (0..<Tensor.elementCount(of: shape)).map { _ in
                Float(generator.nextGaussian() * deviation)
            }
            return Tensor(shape: shape, values: values)
        }
    }
}
