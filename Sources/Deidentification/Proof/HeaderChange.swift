/// What became of one attribute of a header, in words that may be shown to anybody.
package struct HeaderChange: Hashable, Sendable, Codable {
    /// The attribute with the items it lies in, such as `(0008,1115)[1].(0020,000E)`.
    package let path: String

    /// The keyword of the attribute, `private` or `unknown`.
    package let keyword: String

    /// What was done.
    package let action: ActionCount.Action

    /// The value before: as it was where it is the same afterwards, else only its kind.
    package let before: String

    /// The value in the output; empty where there is none.
    package let after: String
}
