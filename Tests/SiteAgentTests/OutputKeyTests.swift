import Deidentification
import Foundation
import SiteAgent
import Testing

/// Pseudonyms of two keys in one folder would make two patients of one.
@Suite struct OutputKeyTests {
    private static func map(_ byte: UInt8) throws -> IdentifierMap {
        IdentifierMap(key: try DeidentificationKey(bytes: [UInt8](repeating: byte, count: 32)))
    }

    @Test func `an output takes the key it was made with and no other`() throws {
        let output = FileManager.default.temporaryDirectory
            .appending(path: UUID().uuidString, directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: output) }
        try OutputKey.check(output, Self.map(1))
        try OutputKey.check(output, Self.map(1))
        #expect(throws: AgentError.self) { try OutputKey.check(output, Self.map(2)) }
        let mark = try String(
            contentsOf: output.appending(path: ".fedagent/key"),
            encoding: .utf8
        )
        #expect(mark.utf8.count == 65)
    }
}
