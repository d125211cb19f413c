import Foundation

/// A separable Gaussian blur of a square picture that continues periodically.
struct Blur: Sendable {
    private let weights: [Float]
    private var radius: Int { weights.count / 2 }

    /// A blur with a standard deviation in pixels.
    init(sigma: Double) {
        let radius = max(1, Int((sigma * 3).rounded(.up)))
        let raw = (-radius...radius).map { offset -> Double in
            Self.weight(of: Double(offset), sigma: sigma)
        }
        let sum = raw.reduce(0, +)
        self.weights = raw.map { Float($0 / sum) }
    }

    /// The integral of the Gaussian over one pixel, by five points.
    private static func weight(of offset: Double, sigma: Double) -> Double {
        [-0.4, -0.2, 0, 0.2, 0.4].reduce(0) { sum, part in
            let z = (offset + part) / max(sigma, 1e-3)
            return sum + exp(-z * z / 2)
        }
    }

    /// The blurred picture.
    func applied(to picture: [Float], edge: Int) -> [Float] {
        let across = filtered(picture, edge: edge, step: 1, line: edge)
        return filtered(across, edge: edge, step: edge, line: 1)
    }

    private func filtered(_ picture: [Float], edge: Int, step: Int, line: Int) -> [Float] {
        var result = [Float](repeating: 0, count: picture.count)
        for (tap, weight) in weights.enumerated() {
            let offset = tap - radius
            for place in 0..<edge {
                let from = ((place + offset) % edge + edge) % edge * step
                let to = place * step
                if step == 1 {
                    for index in 0..<edge {
                        result[to + index * line] += weight * picture[from + index * line]
                    }
                } else {
                    for index in 0..<edge { result[to + index] += weight * picture[from + index] }
                }
            }
        }
        return result
    }
}
