/// The measures of sulci and fissures, which widen with age.
struct CorticalFolds: Sendable, Hashable {
    /// Half the width of a sulcus at the surface, in mm.
    var sulcusHalfWidth: Float
    /// How deep sulci go, in mm.
    var sulcusDepth: Float
    /// The thickness of the subarachnoid space over the gyri, in mm.
    var surfaceLayer: Float
    /// Half the width of the interhemispheric fissure, in mm.
    var fissureHalfWidth: Float
    /// The thickness of the cortex, in mm.
    var cortexThickness: Float = 2.6
}
