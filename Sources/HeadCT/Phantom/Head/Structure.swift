/// A structure that is painted over what lies there already.
struct Structure: Sendable {
    /// Where it is.
    let shape: Ellipsoid
    /// Its attenuation in HU.
    let hounsfield: Float
}
