internal import CKernels
package import Tensors

/// Stochastic gradient descent with momentum, as PyTorch defines it (no dampening, no Nesterov).
///
/// g ← g + λ·p; v ← μ·v + g (first step: v ← g); p ← p − η·v.
package struct SGDMomentum: Optimizer {
    private let momentum: Double
    private let weightDecay: Double
    private var velocity: [NamedTensors] = []

    /// With momentum μ and weight decay λ.
    package init(momentum: Double = 0.9, weightDecay: Double = 0) {
        self.momentum = momentum
        self.weightDecay = weightDecay
    }

    /// The velocities, under `velocity.`.
    package var state: NamedTensors {
        var state = NamedTensors()
        for tensors in velocity { ParameterUpdate.add(tensors, "velocity.", to: &state) }
        return state
    }

    /// Takes the velocities of a kept state; an empty state is the one before the first step.
    package mutating func restore(_ state: NamedTensors) throws(NeuralNetworkError) {
        velocity = state.count == 0 ? [] : [try ParameterUpdate.part(state, "velocity.")]
    }

    /// Takes one step in place.
    package mutating func step(
        parameters: inout NamedTensors,
        gradients: NamedTensors,
        learningRate: Double
    ) throws(NeuralNetworkError) {
        let isFirst = velocity.isEmpty
        if isFirst { velocity = [parameters.zeros()] }
        try ParameterUpdate.check(
            parameters,
            [("gradients", gradients), ("velocities", velocity[0])]
        )
        let (rate, factor, decay) = (Float(learningRate), Float(momentum), Float(weightDecay))
        let loops = unsafe ParameterUpdate.loops
        unsafe ParameterUpdate.each(&parameters, gradients, &velocity) {
            count,
            gradient,
            states,
            values in
            unsafe loops.pointee.sgd(
                count,
                rate,
                factor,
                decay,
                isFirst ? 1 : 0,
                gradient,
                states[0],
                values
            )
        }
    }
}
