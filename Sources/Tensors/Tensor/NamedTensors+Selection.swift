extension NamedTensors {
    /// The tensors whose names a rule takes.
    package func filter(_ isTaken: (String) -> Bool) -> NamedTensors {
        var part = NamedTensors()
        for name in names where isTaken(name) { part[name] = self[name] }
        return part
    }

    /// These tensors with others in the place of those of the same name.
    ///
    /// - Throws: `layout` naming a tensor that has no counterpart of its shape here.
    package func replacing(_ others: NamedTensors) throws(TensorError) -> NamedTensors {
        var result = self
        for name in others.names {
            guard let own = self[name], let other = others[name], own.shape == other.shape else {
                throw TensorError(.layout, "tensor '\(name)' is not of this model")
            }
            result[name] = other
        }
        return result
    }
}
