/// The soft Dice loss of one plane: L = 1 − (2I + 1)/(S + 1), I = Σ p·t, S = Σ p + Σ t, p = σ(x).
///
/// ∂L/∂p = −2t/(S + 1) + (2I + 1)/(S + 1)²; so the gradient with respect to a logit is
/// (a·t + b)·p(1 − p) with the two constants below. An empty mask gives a loss that falls with Σ p.
struct SoftDice {
    /// Σ p·t.
    var intersection: Double

    /// Σ p + Σ t.
    var total: Double

    private static let smoothing = 1.0

    /// L.
    var loss: Double {
        1 - (2 * intersection + Self.smoothing) / (total + Self.smoothing)
    }

    /// a: the factor of the target.
    var targetFactor: Double { -2 / (total + Self.smoothing) }

    /// b: the part that is the same at every pixel.
    var constant: Double {
        let denominator = total + Self.smoothing
        return (2 * intersection + Self.smoothing) / (denominator * denominator)
    }
}
