import Foundation

/// One patient's head: the attenuation at every point, before the scanner.
struct HeadAnatomy: Sendable {
    let geometry: HeadGeometry
    let tissue: TissueHounsfield
    let folds: CorticalFolds
    let shift: MidlineShift?
    let craniotomy: Craniotomy?
    let sutures: OpenSutures?
    /// Whether the skull has a diploe between its tables.
    let hasDiploe: Bool
    /// The structures inside and around the brain, in the order of painting.
    let structures: [Structure]
    /// The parts of the ventricles, for haemorrhage into them.
    let ventricles: [Ellipsoid]
    /// The basal cisterns and Sylvian fissures, for subarachnoid haemorrhage.
    let cisterns: [Ellipsoid]
    let noise: NoiseVolume
    /// Where this head reads the noise, in cells.
    let noiseOrigin: SIMD3<Float>

    /// The attenuation in HU at a point, without the painted structures.
    @inline(__always)
    func background(at p: SIMD3<Float>) -> Float {
        let distance = geometry.cavityDistance(p)
        if distance < 0 { return brain(at: p, depth: -distance) }
        let thickness = geometry.boneThickness(p, distance: distance)
        if distance < thickness { return skull(at: p, fraction: distance / thickness) }
        return softTissue(at: p, height: distance - thickness)
    }

    /// The part of a point's neighbourhood that is cerebrospinal fluid of folds and fissures, 0 to 1.
    ///
    /// Blood distends the folds that it fills: `widening` moves their walls apart by so many mm each.
    @inline(__always)
    func subarachnoidFraction(at p: SIMD3<Float>, widening: Float = 0) -> Float {
        let depth = -geometry.cavityDistance(p)
        guard depth > 0 else { return 0 }
        for cistern in cisterns where cistern.contains(p) { return 1 }
        let q = shifted(p, depth: depth)
        if isInfratentorial(q) || isInDura(q, depth: depth) { return 0 }
        let fold = cortex(at: q, depth: depth, widening: widening).fluid
        return max(fold, fissure(at: q, widening: widening).fluid)
    }

    /// Whether a point lies in a ventricle.
    @inline(__always)
    func isVentricle(_ p: SIMD3<Float>) -> Bool {
        for part in ventricles where part.contains(p) { return true }
        return false
    }

    /// Whether a point lies below the tentorium.
    @inline(__always)
    func isInfratentorial(_ p: SIMD3<Float>) -> Bool {
        p.y > 2 * geometry.scale + 0.42 * abs(p.x) && p.z < tentoriumHeight(p)
    }

    @inline(__always)
    private func brain(at p: SIMD3<Float>, depth: Float) -> Float {
        let q = shifted(p, depth: depth)
        if isInfratentorial(q) { return cerebellum(at: q, depth: depth) }
        if isInDura(q, depth: depth) { return tissue.venousSinus }
        let midline = fissure(at: q)
        if midline.falx > 0.5 { return tissue.dura }
        let fold = cortex(at: q, depth: depth)
        let grey = max(fold.grey, midline.grey)
        let fluid = max(fold.fluid, midline.fluid)
        let solid = tissue.whiteMatter + grey * (tissue.greyMatter - tissue.whiteMatter)
        return solid + fluid * (tissue.cerebrospinalFluid - solid)
    }

    @inline(__always)
    private func shifted(_ p: SIMD3<Float>, depth: Float) -> SIMD3<Float> {
        guard let shift else { return p }
        let part = min(1, depth / 28)
        return SIMD3(p.x - shift.displacement(y: p.y, z: p.z) * part, p.y, p.z)
    }

    /// Sulci are the zero surfaces of the noise, drawn out towards the skull.
    @inline(__always)
    private func cortex(
        at p: SIMD3<Float>,
        depth: Float,
        widening: Float = 0
    ) -> (fluid: Float, grey: Float) {
        guard depth < folds.sulcusDepth * 1.5 + 4 else { return (0, 0) }
        let low = 0.35 / geometry.scale
        let lobe = noise.value(
            p.x * low + noiseOrigin.z,
            p.y * low + noiseOrigin.x,
            p.z * low + noiseOrigin.y
        )
        let reach = folds.sulcusDepth * min(1.5, max(0.45, 0.85 + 0.35 * lobe))
        guard depth < reach + 4 else { return (0, 0) }
        let stretch = (1 + 0.5 * depth / 65) / (1.85 * geometry.scale)
        let value = noise.value(
            p.x * stretch + noiseOrigin.x,
            p.y * stretch + noiseOrigin.y,
            p.z * stretch + noiseOrigin.z
        )
        let distance = abs(value) * 2.6 * geometry.scale
        let halfWidth = (folds.sulcusHalfWidth + widening) * (1 - depth / reach)
        let layer = coverage(folds.surfaceLayer + widening - depth, over: 1)
        let fluid = max(layer, depth < reach ? coverage(halfWidth - distance, over: 0.8) : 0)
        let ribbon = coverage(halfWidth + folds.cortexThickness - distance, over: 1.2)
        let rim = coverage(folds.surfaceLayer + folds.cortexThickness - depth, over: 1.2)
        let fade = min(1, (reach + 4 - depth) / 4)
        return (fluid, max(ribbon * fade, rim))
    }

    @inline(__always)
    private func fissure(
        at p: SIMD3<Float>,
        widening: Float = 0
    ) -> (fluid: Float, grey: Float, falx: Float) {
        let x = max(0, abs(p.x) - widening)
        guard x < folds.fissureHalfWidth + folds.cortexThickness + 1 else { return (0, 0, 0) }
        let y = (p.y / geometry.scale + 4) / 44
        let z = (p.z / geometry.scale - 6) / 27
        let outside = y * y + z * z
        guard outside > 1, p.z > -20 * geometry.scale else { return (0, 0, 0) }
        let fluid = coverage(folds.fissureHalfWidth - x, over: 0.8)
        let grey = coverage(folds.fissureHalfWidth + folds.cortexThickness - x, over: 1.2)
        return (fluid, grey, outside > 1.25 && x < 0.75 ? 1 : 0)
    }

    /// The superior sagittal sinus, a triangle under the inner table.
    @inline(__always)
    private func isInDura(_ p: SIMD3<Float>, depth: Float) -> Bool {
        let height = 8 * geometry.scale
        guard depth < height, abs(p.x) < 4.5 * (1 - depth / height) else { return false }
        return p.z > 0.55 * geometry.semiAxes.z || (p.y > 0 && p.z > -14 * geometry.scale)
    }

    @inline(__always)
    private func tentoriumHeight(_ p: SIMD3<Float>) -> Float {
        let back = max(0, p.y - 22 * geometry.scale)
        return (-4 * geometry.scale) - 0.30 * abs(p.x) - 0.16 * back
    }

    @inline(__always)
    private func cerebellum(at p: SIMD3<Float>, depth: Float) -> Float {
        if tentoriumHeight(p) - p.z < 1 { return tissue.dura }
        if depth < folds.surfaceLayer { return tissue.cerebrospinalFluid }
        let stretch = 1 / (0.9 * geometry.scale)
        let value = noise.value(
            p.x * stretch * 0.6 + noiseOrigin.y,
            p.y * stretch + noiseOrigin.z,
            p.z * stretch + noiseOrigin.x
        )
        let folia = coverage(0.25 - abs(value), over: 0.4) * max(0, 1 - depth / 16)
        return tissue.cerebellum - folia * folds.sulcusHalfWidth * 12
    }

    @inline(__always)
    private func skull(at p: SIMD3<Float>, fraction: Float) -> Float {
        if let sutures, sutures.isOpen(p, semiAxes: geometry.semiAxes) { return tissue.sutureGap }
        if let craniotomy,
            let filling = craniotomy.hounsfield(in: geometry.direction(p), tissue: tissue)
        {
            return filling
        }
        if hasDiploe, fraction > 0.27, fraction < 0.72 { return tissue.diploe }
        return tissue.compactBone
    }

    @inline(__always)
    private func softTissue(at p: SIMD3<Float>, height: Float) -> Float {
        if p.z < 0, geometry.isFace(p) { return face(at: p) }
        let thickness = geometry.softTissueThickness(p)
        guard height < thickness else { return tissue.air }
        let fraction = height / thickness
        let muscle: Float = thickness > 1.25 * geometry.scalpThickness ? 0.6 : 0.25
        if fraction < muscle { return tissue.muscle }
        return fraction < 0.68 ? tissue.fat : tissue.scalp
    }

    @inline(__always)
    private func face(at p: SIMD3<Float>) -> Float {
        let value = noise.value(
            p.x * 0.3 + noiseOrigin.z,
            p.y * 0.3 + noiseOrigin.x,
            p.z * 0.2 + noiseOrigin.y
        )
        return value > 0.7 ? tissue.fat : tissue.muscle
    }

    /// How much of a soft edge of this width lies on the positive side, 0 to 1.
    @inline(__always)
    private func coverage(_ signedDistance: Float, over width: Float) -> Float {
        min(1, max(0, signedDistance / width + 0.5))
    }
}
