/// The versions of Protocol.md this program speaks.
package enum ProtocolVersion {
    /// All of them, ascending: the newest and, from version 2 on, the one before.
    package static let supported = [1]

    /// The greatest version that both ends speak; nil where there is none.
    package static func shared(_ own: [Int] = supported, with other: [Int]) -> Int? {
        Set(own).intersection(other).max()
    }
}
