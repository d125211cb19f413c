/// The sharpness of a reconstruction: blur, edge overshoot and noise (evaluation.md section 6).
package enum ReconstructionKernel: String, Sendable, Hashable, Codable, CaseIterable {
    case soft
    case medium
    case sharp

    /// The standard deviation of the in-plane Gaussian in mm.
    var sigmaMM: Double {
        switch self {
        case .soft: 0.7
        case .medium: 0.5
        case .sharp: 0.3
        }
    }

    /// The part of a wide blur that is taken away again, which makes edges overshoot.
    var overshoot: Float {
        switch self {
        case .soft: 0
        case .medium: 0.06
        case .sharp: 0.15
        }
    }

    /// The noise against the soft kernel.
    var noiseFactor: Double {
        switch self {
        case .soft: 1
        case .medium: 1.35
        case .sharp: 2.5
        }
    }

    /// How much of the low frequencies is missing in the noise, 0 to 1 (the ramp filter's trace).
    var noiseHighPass: Float {
        switch self {
        case .soft: 0.35
        case .medium: 0.55
        case .sharp: 0.8
        }
    }
}
