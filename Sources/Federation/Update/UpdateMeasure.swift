/// The figures of an update that passed the gate.
package struct UpdateMeasure: Sendable, Hashable, Codable {
    /// The Euclidean norm over all parameters of the delta.
    package let norm: Double
    /// The largest magnitude of a parameter of the delta.
    package let maximumAbs: Double
}
