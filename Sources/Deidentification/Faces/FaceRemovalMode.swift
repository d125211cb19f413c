/// How much of a head is removed.
package enum FaceRemovalMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// The face and the ears.
    case face
    /// All but the contents of the skull.
    case brainOnly = "brain-only"
}
