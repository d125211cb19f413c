extension Markup {
    /// An SVG text with its anchor at a point; `style` names the classes.
    static func label(_ text: String, _ style: String, x: Double, y: Double) -> Markup {
        "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">\(text)</text>"
    }
}
