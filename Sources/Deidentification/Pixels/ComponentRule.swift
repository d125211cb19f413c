/// Which pixels belong together, and where to begin looking for them.
protocol ComponentRule {
    /// Whether a component may begin at a value whose left neighbour is `left`.
    func isSeed(_ value: Int32, left: Int32) -> Bool

    /// Whether a pixel of value `other` joins its neighbour of value `value`.
    func joins(_ value: Int32, _ other: Int32) -> Bool
}

/// Pixels of exactly one value, beginning at a rise of brightness: strokes drawn by a program.
struct FlatRule: ComponentRule {
    let contrast: Int32

    func isSeed(_ value: Int32, left: Int32) -> Bool { value - left >= contrast }
    func joins(_ value: Int32, _ other: Int32) -> Bool { value == other }
}

/// Pixels from a brightness on: objects in air.
struct BrightRule: ComponentRule {
    let threshold: Int32

    func isSeed(_ value: Int32, left: Int32) -> Bool { value >= threshold && left < threshold }
    func joins(_ value: Int32, _ other: Int32) -> Bool { other >= threshold }
}
