import CanonicalJSON
import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import Foundation
import Testing
import WireProtocol

/// What a certificate in order may and may not do.
@Suite struct AuthenticationTests {
    @Test func `a known site is greeted by its own id`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let answer = try await site.send("GET", "/v1/hello")
            #expect(try answer.decoded(Hello.self).siteID == "alpha")
        }
    }

    @Test func `a certificate the register does not know is site-not-active`() async throws {
        try await TestFederation.serving { federation in
            let unknown = try federation.site(
                try SiteID(validating: "alpha"),
                try TestCredentials(site: "alpha", of: try federation.authority(), at: Date())
            )
            let answer = try await unknown.send("GET", "/v1/hello")
            #expect(answer.status == 403)
            #expect(answer.code == "site-not-active")
        }
    }

    @Test func `a removed site is refused on the connection it had open`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            #expect(try await site.send("GET", "/v1/hello").status == 200)
            try await federation.operations.store.revoke(site.id)
            let answer = try await site.send("GET", "/v1/hello")
            #expect(answer.status == 403)
            #expect(answer.code == "site-not-active")
        }
    }

    @Test func `metrics that name another site are forbidden-site`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let run = try await TestRun.start(in: federation, sites: [site])
            try await run.approve(site)
            let work = try await run.training(of: site)
            let metrics = try CanonicalEncoder().jsonValue(
                of: SiteComparison(id: "beta", name: "beta")
            )
            let answer = try await site.send(
                .reportMetrics,
                Endpoint.reportMetrics.path(run.id),
                MetricsReport(modelSHA256: work.modelSHA256, metrics: metrics)
            )
            #expect(answer.status == 403)
            #expect(answer.code == "forbidden-site")
        }
    }

    @Test func `a site outside a run finds none of its objects`() async throws {
        try await TestFederation.serving { federation in
            let inside = try await federation.enrolledSite("alpha")
            let outside = try await federation.enrolledSite("beta")
            let run = try await TestRun.start(in: federation, sites: [inside])
            try await run.approve(inside)
            let work = try await run.training(of: inside)
            let blob = Endpoint.fetchBlob.path(work.modelSHA256)
            #expect(try await inside.send("GET", blob).status == 206)
            let bytes = try run.delta(1)
            let answers = [
                try await outside.send("GET", blob),
                try await outside.send("GET", Endpoint.fetchPlan.path(run.plan)),
                try await run.contribute(bytes, from: outside, round: work.round),
                try await outside.send(
                    .reportFailure,
                    Endpoint.reportFailure.path(run.id, round: work.round),
                    FailureReport(reason: "training-failed", message: "")
                ),
            ]
            for answer in answers {
                #expect(answer.status == 404)
                #expect(answer.code == "not-found")
            }
        }
    }
}
