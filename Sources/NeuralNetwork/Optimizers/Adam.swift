internal import CKernels
internal import Foundation
package import Tensors

/// Adam (Kingma & Ba 2015) as PyTorch defines it, weight decay added to the gradient.
///
/// g ← g + λ·p; m ← m + (1 − β₁)(g − m); v ← β₂·v + (1 − β₂)·g²;
/// p ← p − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
package struct Adam: Optimizer {
    private let beta1: Double
    private let beta2: Double
    private let epsilon: Double
    private let weightDecay: Double
    private var moments: [NamedTensors] = []
    private var steps = 0

    /// With the customary constants unless told otherwise.
    package init(
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// The moments under `first.` and `second.`, and the number of steps as `steps` (exact to 2²⁴).
    package var state: NamedTensors {
        var state = NamedTensors()
        guard moments.count == 2 else { return state }
        ParameterUpdate.add(moments[0], "first.", to: &state)
        ParameterUpdate.add(moments[1], "second.", to: &state)
        state["steps"] = Tensor(shape: [], values: [Float(steps)])
        return state
    }

    /// Takes moments and step count of a kept state; an empty one is that before the first step.
    package mutating func restore(_ state: NamedTensors) throws(NeuralNetworkError) {
        if state.count == 0 {
            (moments, steps) = ([], 0)
            return
        }
        guard let count = state["steps"], count.count == 1, count[0] >= 1, count[0] < 0x1p24 else {
            throw NeuralNetworkError(.parametersMismatch, "the state of Adam has no step count")
        }
        moments = [
            try ParameterUpdate.part(state, "first."), try ParameterUpdate.part(state, "second."),
        ]
        steps = Int(count[0])
    }

    /// Takes one step in place.
    package mutating func step(
        parameters: inout NamedTensors,
        gradients: NamedTensors,
        learningRate: Double
    ) throws(NeuralNetworkError) {
        if moments.isEmpty { moments = [parameters.zeros(), parameters.zeros()] }
        try ParameterUpdate.check(
            parameters,
            [("gradients", gradients), ("moments", moments[0]), ("moments", moments[1])]
        )
        steps += 1
        let size = Float(learningRate / (1 - pow(beta1, Double(steps))))
        let correction = Float((1 - pow(beta2, Double(steps))).squareRoot())
        let (first, second) = (Float(beta1), Float(beta2))
        let (smallest, decay) = (Float(epsilon), Float(weightDecay))
        let loops = unsafe ParameterUpdate.loops
        unsafe ParameterUpdate.each(&parameters, gradients, &moments) {
            count,
            gradient,
            states,
            values in
            unsafe loops.pointee.adam(
                count,
                size,
                correction,
                first,
                second,
                smallest,
                decay,
                gradient,
                states[0],
                states[1],
                values
            )
        }
    }
}
