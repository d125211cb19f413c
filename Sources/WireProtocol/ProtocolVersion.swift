/// The versions of Protocol.md this program speaks.
package enum ProtocolVersion {
    /// All of them, ascending.
    package static let supported = [1]
}
