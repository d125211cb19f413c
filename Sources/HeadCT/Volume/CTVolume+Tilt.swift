import Foundation

extension CTVolume {
    /// The angle in degrees by which gantry tilt has sheared the stack; 0 for a single slice.
    ///
    /// It is the angle between the normal and the line of the slices' origins in the plane of
    /// column direction and normal, by least squares, and not what (0018,1120) states: a
    /// reformatted series keeps that attribute though its stack is straight. Positive if the
    /// origins move along the column direction (backwards) towards higher slices.
    package var gantryTiltDegrees: Double {
        let down = plane.columnDirection
        let count = Double(slices.count)
        let meanLocation = locationsMM.reduce(0, +) / count
        let offsets = slices.map { $0.position.dot(down) }
        let meanOffset = offsets.reduce(0, +) / count
        var covariance = 0.0
        var variance = 0.0
        for (location, offset) in zip(locationsMM, offsets) {
            covariance += (location - meanLocation) * (offset - meanOffset)
            variance += (location - meanLocation) * (location - meanLocation)
        }
        guard variance > 0 else { return 0 }
        return atan(covariance / variance) * 180 / .pi
    }
}
