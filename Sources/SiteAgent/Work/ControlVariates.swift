import Federation
package import Tensors

/// The two control variates of a round of SCAFFOLD: the federation's and the site's own.
///
/// Karimireddy et al., ICML 2020, Algorithm 1 with option II; both have the tensors that the plan
/// shares. See `Scaffold` for why the site's own never travels.
package struct ControlVariates: Sendable {
    private let federation: NamedTensors
    private let own: NamedTensors

    /// The variates of a round; nil is zero, as before the first.
    ///
    /// `shared` has the tensors of an
    /// update, whatever their values.
    ///
    /// - Throws: `TensorError` `layout` if one of them does not fit the model.
    package init(
        federation: NamedTensors?,
        own: NamedTensors?,
        shared: NamedTensors
    ) throws(TensorError) {
        self.federation = federation ?? shared.zeros()
        self.own = own ?? shared.zeros()
        guard self.federation.hasSameLayout(as: shared), self.own.hasSameLayout(as: shared) else {
            throw TensorError(.layout, "a control variate is not laid out as the model")
        }
    }

    /// What is added to every gradient: `c − cᵢ`, and nothing for private tensors.
    package func correction(of model: NamedTensors) throws(TensorError) -> NamedTensors {
        try model.zeros().replacing(federation - own)
    }

    /// The site's variate after a round: `cᵢ − c − δ/(K η)`.
    package func next(delta: NamedTensors, steps: Int, learningRate: Double) -> NamedTensors {
        own.mapTensors { name, tensor in
            func values(_ tensors: NamedTensors) -> [Double] {
                tensors[name].map { $0.values.map(Double.init) } ?? []
            }
            let next = Scaffold.siteControl(
                values(own),
                server: values(federation),
                delta: values(delta),
                steps: steps,
                learningRate: learningRate
            )
            return Tensor(shape: tensor.shape, values: next.map { Float($0) })
        }
    }
}
