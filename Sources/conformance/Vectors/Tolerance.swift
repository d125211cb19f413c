import CanonicalJSON

/// How far a number may be from the expected one: max(absolute, relative × |expected|).
struct Tolerance {
    let relative: Double
    let absolute: Double

    init(_ value: JSONValue?) {
        relative = (value?["relative"] ?? value?["rel"])?.doubleValue ?? 1e-8
        absolute = (value?["absolute"] ?? value?["abs"])?.doubleValue ?? 1e-10
    }

    func allows(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= max(absolute, relative * abs(expected))
    }
}
