import Testing
import WireProtocol

/// Which version two ends speak with each other (Protocol.md section 8).
@Suite struct ProtocolVersionTests {
    @Test(arguments: [
        ([1], [1], 1), ([1], [1, 2], 1), ([1, 2], [1], 1), ([1, 2], [1, 2], 2),
        ([2, 3], [1, 2], 2),
        ([1, 2], [3, 2], 2), ([2, 1, 9], [9, 4], 9),
    ])
    func `the greatest that both speak, so a version and the one before work together`(
        own: [Int],
        other: [Int],
        shared: Int
    ) {
        #expect(ProtocolVersion.shared(own, with: other) == shared)
        #expect(ProtocolVersion.shared(other, with: own) == shared)
    }

    @Test func `ends that are two versions apart share none`() {
        #expect(ProtocolVersion.shared([1, 2], with: [3, 4]) == nil)
        #expect(ProtocolVersion.shared(with: []) == nil)
    }

    @Test func `this program speaks one version, or two in a row`() {
        let versions = ProtocolVersion.supported
        #expect((1...2).contains(versions.count) && versions == versions.sorted())
        #expect((versions.last ?? 0) - (versions.first ?? 0) == versions.count - 1)
    }
}
