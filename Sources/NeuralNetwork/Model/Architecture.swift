/// A network that can be laid out as a graph.
protocol Architecture: Sendable {
    /// Adds the maps and layers for inputs of a size.
    ///
    /// `height`: a multiple of the description's `sizeMultiple`; so is `width`.
    func build(
        _ graph: GraphBuilder,
        height: Int,
        width: Int
    ) throws(NeuralNetworkError) -> NetworkPorts

    /// The parameters in the order of the layers.
    var parameterShapes: [ParameterShape] { get }
}
