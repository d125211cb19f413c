import Testing
import WireProtocol

@Suite struct TransferTests {
    @Test(arguments: [(1, 4, 1), (4, 4, 1), (5, 4, 2), (8, 4, 2), (9, 4, 3)])
    func `parts cover a blob without gap or overlap`(bytes: Int, part: Int, count: Int) {
        let parts = BlobParts(bytes: bytes, partBytes: part)
        #expect(parts.count == count)
        let ranges = (0..<count).compactMap(parts.range(of:))
        #expect(ranges.flatMap(Array.init) == Array(0..<bytes))
        #expect(parts.range(of: count) == nil && parts.range(of: -1) == nil)
    }

    @Test func `a range reads back from its header`() {
        let range = ByteRange(10..<20)
        #expect(ByteRange(header: range.requestHeader, total: 20) == range)
        #expect(range.responseHeader(total: 20) == "bytes 10-19/20")
    }

    @Test(arguments: [
        "", "bytes=", "bytes=5-4", "bytes=0-20", "bytes=-5", "items=0-1", "bytes=0-1,3-4",
    ])
    func `other ranges are refused`(header: String) {
        #expect(ByteRange(header: header, total: 20) == nil)
    }
}
