/// HTML or SVG text in which everything interpolated is escaped, unless it is markup itself.
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The text, ready to be written.
    package let text: String

    /// Makes markup from a literal.
    package init(stringLiteral value: String) { text = value }

    /// Makes markup from a literal with interpolations.
    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Joins pieces line by line.
    package init(_ pieces: [Markup]) { text = pieces.map(\.text).joined(separator: "\n") }

    /// Joins pieces without anything between them.
    package init(joining pieces: [Markup]) { text = pieces.map(\.text).joined() }

    /// Collects a literal and its escaped interpolations.
    package struct Interpolation: StringInterpolationProtocol {
        var text = ""

        /// Starts an empty text.
        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(2 * literalCapacity)
        }

        /// Takes a part of the literal as it is.
        package mutating func appendLiteral(_ literal: String) { text += literal }

        /// Takes markup as it is.
        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        /// Takes several pieces of markup as they are.
        package mutating func appendInterpolation(_ markup: [Markup]) {
            text += Markup(markup).text
        }

        /// Escapes a text, for element content and double-quoted attributes.
        package mutating func appendInterpolation(_ text: String) { self.text += escaped(text) }

        /// Takes a whole number.
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }

        /// Takes a coordinate, to a tenth of a pixel.
        package mutating func appendInterpolation(_ coordinate: Double) {
            text += String((coordinate * 10).rounded() / 10)
        }

        private func escaped(_ text: String) -> String {
            var result = ""
            for character in text {
                switch character {
                case "&": result += "&amp;"
                case "<": result += "&lt;"
                case ">": result += "&gt;"
                case "\"": result += "&quot;"
                case "'": result += "&#39;"
                default: result.append(character)
                }
            }
            return result
        }
    }
}
