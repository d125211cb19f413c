/// The body of every response of status 400 or above.
package struct ErrorResponse: Sendable, Hashable, Codable {
    /// The error inside it.
    package struct Body: Sendable, Hashable, Codable {
        /// The code of the catalogue, as text so that a newer coordinator's codes can be read.
        package let code: String
        /// The catalogue's text.
        package let message: String
        /// By which the coordinator's log can be searched.
        package let correlationID: String
        /// The coordinator's clock, milliseconds since 1970; only of `clock-skew`.
        package var timeMilliseconds: Int64?
        /// Whether its system says that its clock is disciplined; only of `clock-skew`.
        package var clockIsSynchronized: Bool?
    }

    /// The error.
    package var error: Body

    /// Makes the response of a catalogue entry.
    package init(_ entry: ErrorCatalogue, correlationID: String) {
        error = Body(code: entry.rawValue, message: entry.text, correlationID: correlationID)
    }
}
