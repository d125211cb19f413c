import CanonicalJSON
import Federation
import Testing

@Suite struct RollCallTests {
    let rollCall = RollCall(entries: [
        RollCallEntry(
            share: SiteShare(site: site("b"), exams: 10, positives: nil),
            outcome: .failed(.rejected(.nonFinite))
        ),
        RollCallEntry(
            share: SiteShare(site: site("a"), exams: 30, positives: 3),
            outcome: .contributed(update("a"))
        ),
        RollCallEntry(
            share: SiteShare(site: site("c"), exams: 0, positives: 0),
            outcome: .late(.neverAsked)
        ),
        RollCallEntry(
            share: SiteShare(site: site("d"), exams: 0, positives: 0),
            outcome: .refused(.revoked)
        ),
    ])

    @Test func `the JSON form is flat and comes back`() throws {
        let bytes = try CanonicalEncoder().encode(rollCall)
        #expect(try CanonicalDecoder().decode(RollCall.self, from: bytes) == rollCall)
        let sites = try JSONValue(parsing: bytes)["sites"]
        #expect(sites?[0]?["outcome"]?.stringValue == "contributed")
        #expect(sites?[0]?["examples"]?.integerValue == 10)
        #expect(sites?[1]?["reason"]?.stringValue == "rejected-non-finite")
    }

    @Test func `a share is unknown where a site does not say, not zero`() {
        #expect(rollCall.missingExamShare == 0.25)
        #expect(rollCall.missingPositiveShare == nil)
        #expect(RollCall(entries: []).missingExamShare == nil)
    }

    @Test func `every failure word comes back, others do not`() {
        let kinds = SiteFailure.Kind.allCases.map(SiteFailure.reported)
        let codes = UpdateRejection.Code.allCases.map(SiteFailure.rejected)
        for failure in kinds + codes { #expect(SiteFailure(code: failure.code) == failure) }
        #expect(SiteFailure(code: "rejected-") == nil && SiteFailure(code: "bored") == nil)
    }
}
