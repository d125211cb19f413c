import DICOM
import DICOMNetworking
import Foundation
import Testing

@Suite struct InboxTests {
    private static func object(uid: String, text: String = "A") throws -> [UInt8] {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, string: RunningReceiver.ctImageStorage)
        try dataSet.set(.sopInstanceUID, string: uid)
        try dataSet.set(.patientID, string: text)
        return try DICOMFile.write(dataSet: dataSet)
    }

    private static func with(
        freeBytesMin: Int = 0,
        _ body: (Inbox) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inbox = Inbox(
            folder: folder,
            objectBytesMax: 10_000,
            freeBytesMin: freeBytesMin,
            name: RunningReceiver.keyedName
        )
        try inbox.prepare()
        try body(inbox)
    }

    private static func commit(_ bytes: [UInt8], _ inbox: Inbox) throws -> Inbox.Outcome {
        let object = try inbox.begin()
        try object.append(bytes)
        return try inbox.commit(object).outcome
    }

    @Test func `an object has one file, whose name tells nothing`() throws {
        try Self.with { inbox in
            let uid = "1.2.840.99.1"
            #expect(try Self.commit(Self.object(uid: uid), inbox) == .new)
            #expect(try Self.commit(Self.object(uid: uid), inbox) == .unchanged)
            #expect(try Self.commit(Self.object(uid: uid, text: "B"), inbox) == .replaced)
            #expect(try Self.commit(Self.object(uid: "1.2.840.99.2"), inbox) == .new)
            #expect(inbox.contents().objects == 2)
            #expect(!inbox.file(of: uid).lastPathComponent.contains("840"))
            let attributes = try FileManager.default.attributesOfItem(atPath: inbox.folder.path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            let file = try FileManager.default.attributesOfItem(atPath: inbox.file(of: uid).path)
            #expect(file[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `what is no object, too large or for a full disk leaves nothing`() throws {
        try Self.with { inbox in
            let garbage = try inbox.begin()
            try garbage.append([UInt8](repeating: 9, count: 500))
            let error = #expect(throws: InboxError.self) { try inbox.commit(garbage) }
            #expect(error?.code == .notDICOM)
            let large = try inbox.begin()
            let tooLarge = #expect(throws: InboxError.self) {
                try large.append([UInt8](repeating: 0, count: 10_001))
            }
            #expect(tooLarge?.code == .tooLarge)
            large.discard()
            let left = try FileManager.default.subpathsOfDirectory(atPath: inbox.folder.path)
            #expect(left == [".incoming"])
        }
        try Self.with(freeBytesMin: .max) { inbox in
            let error = #expect(throws: InboxError.self) { try inbox.begin() }
            #expect(error?.code == .diskFull)
        }
    }

    @Test func `what a crash left behind is swept after an hour`() throws {
        try Self.with { inbox in
            let left = inbox.folder.appending(path: ".incoming/left.part")
            try Data([1]).write(to: left)
            inbox.sweep(now: Date())
            #expect(FileManager.default.fileExists(atPath: left.path))
            inbox.sweep(now: Date(timeIntervalSinceNow: 7200))
            #expect(!FileManager.default.fileExists(atPath: left.path))
        }
    }
}
