/// The version of the programs of this package.
package enum SoftwareVersion {
    /// As in CHANGELOG.md.
    package static let current = "0.1.0"
}
