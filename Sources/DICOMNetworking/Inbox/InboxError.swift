import Foundation

/// Why an object could not be kept in the inbox.
package struct InboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable, Hashable, Codable {
        /// The disk has less free space than the limit, or none.
        case diskFull = "disk-full"
        /// The object is larger than the limit.
        case tooLarge = "object-too-large"
        /// The bytes are no DICOM object with SOP class and instance.
        case notDICOM = "not-dicom"
        /// The object is another one than was announced or asked for.
        case mismatch = "other-object"
        /// A system call failed.
        case storage = "storage-failed"
    }

    /// The kind of failure.
    package let code: Code
    /// What happened, without any received text.
    package let description: String

    /// Makes an error.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The error of a failed system call.
    static func systemCall(_ what: String, _ number: Int32 = errno) -> InboxError {
        number == ENOSPC || number == EDQUOT
            ? InboxError(.diskFull, "\(what): the disk is full")
            : InboxError(.storage, "\(what) (error \(number))")
    }
}
