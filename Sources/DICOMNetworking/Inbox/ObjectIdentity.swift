import DICOM
import Foundation

/// Which object a file holds.
package struct ObjectIdentity: Sendable, Hashable {
    /// Its SOP class.
    package let sopClass: UniqueIdentifier
    /// Its SOP instance.
    package let sopInstance: UniqueIdentifier

    /// Names an object.
    package init(sopClass: UniqueIdentifier, sopInstance: UniqueIdentifier) {
        self.sopClass = sopClass
        self.sopInstance = sopInstance
    }

    /// How much of a file is read: the identity stands in group 0008, near the start.
    private static let headerBytes = 1 << 20

    /// The identity in the data set of a file, whatever its file meta information says.
    ///
    /// - Throws: ``InboxError`` `not-dicom`.
    init(ofFile file: URL) throws {
        guard let handle = try? FileHandle(forReadingFrom: file) else {
            throw InboxError.systemCall("a received object cannot be read")
        }
        defer { try? handle.close() }
        let bytes = [UInt8](try handle.read(upToCount: Self.headerBytes) ?? Data())
        do {
            try self.init(DICOMFile(readingHeaderOf: bytes, until: Tag(0x0008, 0x0019)).dataSet)
        } catch let error as DICOMError {
            throw InboxError(.notDICOM, "the object cannot be read: \(error)")
        }
    }

    private init(_ dataSet: DataSet) throws {
        guard let sopClass = dataSet.string(.sopClassUID).flatMap({ UniqueIdentifier($0) }),
            let sopInstance = dataSet.string(.sopInstanceUID).flatMap({ UniqueIdentifier($0) })
        else { throw InboxError(.notDICOM, "the object has no SOP class or instance") }
        self.init(sopClass: sopClass, sopInstance: sopInstance)
    }
}
