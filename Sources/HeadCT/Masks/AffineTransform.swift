/// A map from voxel indices to millimetres: three columns for a step along each axis, and the first
/// voxel's place.
package struct AffineTransform: Sendable, Hashable {
    /// The way of one step along the first, second and third axis.
    package let axes: (first: SIMD3<Double>, second: SIMD3<Double>, third: SIMD3<Double>)
    /// The place of voxel (0, 0, 0).
    package let origin: SIMD3<Double>

    /// Makes a map.
    package init(
        first: SIMD3<Double>,
        second: SIMD3<Double>,
        third: SIMD3<Double>,
        origin: SIMD3<Double>
    ) {
        axes = (first, second, third)
        self.origin = origin
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.axes == right.axes && left.origin == right.origin
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(axes.first)
        hasher.combine(axes.second)
        hasher.combine(axes.third)
        hasher.combine(origin)
    }

    /// The signed volume of a voxel in mm³.
    package var determinant: Double { axes.first.cross(axes.second).dot(axes.third) }

    /// The place of a voxel, whole or in between.
    package func place(of voxel: SIMD3<Double>) -> SIMD3<Double> {
        origin + axes.first * voxel.x + axes.second * voxel.y + axes.third * voxel.z
    }

    /// The voxel at a place; the volume must not be flat.
    package func voxel(at place: SIMD3<Double>) -> SIMD3<Double> { step(along: place - origin) }

    /// The way in voxels of a way in millimetres.
    package func step(along way: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(
            way.dot(axes.second.cross(axes.third)),
            way.dot(axes.third.cross(axes.first)),
            way.dot(axes.first.cross(axes.second))
        ) / determinant
    }

    /// The same map with the first two directions of space reversed: from RAS (NIfTI) to LPS
    /// (DICOM) and back.
    package var flippingLeftAndPosterior: AffineTransform {
        let flip = SIMD3<Double>(-1, -1, 1)
        return AffineTransform(
            first: axes.first * flip,
            second: axes.second * flip,
            third: axes.third * flip,
            origin: origin * flip
        )
    }
}
