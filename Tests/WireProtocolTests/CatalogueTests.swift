import Federation
import Testing
import WireProtocol

@Suite struct CatalogueTests {
    @Test(arguments: ErrorCatalogue.allCases)
    func `an error stands in Protocol.md with the same status, text and retry`(
        entry: ErrorCatalogue
    ) throws {
        let row = try #require(
            try ProtocolDocument.rows().first { $0.count == 4 && $0[0] == entry.rawValue }
        )
        #expect(row[1] == String(entry.status))
        #expect(row[2] == entry.text)
        #expect(row[3] == (entry.isRetryable ? "yes" : "no"))
    }

    @Test(arguments: Endpoint.allCases)
    func `a message stands in Protocol.md with the same method and path`(
        endpoint: Endpoint
    ) throws {
        let row = try #require(
            try ProtocolDocument.rows().first { $0.count == 7 && $0[0] == endpoint.rawValue }
        )
        let path = row[1].split(separator: "?")[0].split(separator: " ")
        #expect(path.prefix(2) == [Substring(endpoint.method), Substring(endpoint.template)])
    }

    @Test func `reasons of rejections and failures are those of the document`() throws {
        let rows = try ProtocolDocument.rows().filter { $0.count == 2 }.map { $0[0] }
        let rejections = UpdateRejection.Code.allCases.map(\.rawValue)
        let failures = SiteFailure.Kind.allCases.map(\.rawValue)
        for reason in rejections + failures { #expect(rows.contains(reason), "\(reason)") }
    }

    @Test func `the document has no message or error that the code does not know`() throws {
        let rows = try ProtocolDocument.rows()
        let messages = rows.filter { $0.count == 7 && $0[1].contains("/v1") }.map { $0[0] }
        #expect(Set(messages) == Set(Endpoint.allCases.map(\.rawValue)))
        let errors = rows.filter { $0.count == 4 && Int($0[1]) != nil }.map { $0[0] }
        #expect(Set(errors) == Set(ErrorCatalogue.allCases.map(\.rawValue)))
    }
}
