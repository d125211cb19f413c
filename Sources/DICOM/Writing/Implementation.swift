/// The software that a file names as its writer (PS3.10 section 7.1).
package struct Implementation: Hashable, Sendable {
    /// The value of (0002,0012).
    package let classUID: String

    /// The value of (0002,0013), at most 16 characters.
    package let versionName: String

    /// Makes the name of another implementation.
    package init(classUID: String, versionName: String) {
        self.classUID = classUID
        self.versionName = versionName
    }

    /// This module; the identifier is a UUID made once for it.
    package static let current = Implementation(
        classUID: "2.25.147596784660892395587432223509501070688",
        versionName: "FEDHEADCT_1"
    )
}
