import Foundation

/// The curved shell that the head lies in, which does not move with the head.
struct HeadHolder: Sendable {
    /// The attenuation at every pixel, air where there is no holder.
    let picture: [Float]

    /// Draws a carbon shell of 4 mm with a foam pad inside it.
    init(matrix: Int, pixelSpacing: Double, air: Float) {
        let radius: Float = 116
        var picture = [Float](repeating: air, count: matrix * matrix)
        let half = Float(matrix - 1) / 2
        for row in 0..<matrix {
            let y = (Float(row) - half) * Float(pixelSpacing) + 14
            guard y > 30 else { continue }
            for column in 0..<matrix {
                let x = (Float(column) - half) * Float(pixelSpacing)
                let distance = radius - (x * x * 0.82 + y * y).squareRoot()
                if distance > 0, distance < 4 {
                    picture[row * matrix + column] = distance < 1 || distance > 3 ? 60 : -350
                } else if distance >= 4, distance < 12 {
                    picture[row * matrix + column] = air + 45
                }
            }
        }
        self.picture = picture
    }
}
