/// The lateral view that a scanner takes to plan a scan.
struct LocalizerPicture {
    let anatomy: HeadAnatomy
    let matrix: Int
    /// The edge of a pixel in mm.
    let spacing: Double

    /// The picture in localizer units: the mean attenuation along each ray, stretched.
    func picture() -> [Int16] {
        let rays = 20
        let half = Float(matrix - 1) / 2 * Float(spacing)
        let breadth = anatomy.geometry.semiAxes.x + 12
        var picture = [Int16](repeating: -1000, count: matrix * matrix)
        for row in 0..<matrix {
            let z = half - Float(row) * Float(spacing) - 20
            for column in 0..<matrix {
                let y = Float(column) * Float(spacing) - half
                var sum: Float = 0
                for ray in 0..<rays {
                    let x = breadth * (2 * (Float(ray) + 0.5) / Float(rays) - 1)
                    sum += anatomy.background(at: [x, y, z]) + 1000
                }
                let mean = sum / Float(rays)
                picture[row * matrix + column] = Int16(min(2000, mean * 0.9 - 1000))
            }
        }
        return picture
    }
}
