import CoordinatorStore
import Federation
import HTTPTypes
package import Hummingbird
import ProcessResources
import ServiceLifecycle
import WireProtocol

/// The service port: every message, after ``ClientAuthentication``.
package struct SiteRoutes: Sendable {
    private let coordinator: Coordinator
    private let authentication: ClientAuthentication
    private let checkpoints: CheckpointDesk
    private let renewal: RenewalDesk
    private let people: PeopleRoutes
    private let blobs: BlobDirectory
    private let uploads: UploadDirectory

    /// Answers for `coordinator`.
    package init(
        coordinator: Coordinator,
        authentication: ClientAuthentication,
        checkpoints: CheckpointDesk,
        renewal: RenewalDesk,
        people: PeopleRoutes
    ) {
        self.coordinator = coordinator
        self.authentication = authentication
        self.checkpoints = checkpoints
        self.renewal = renewal
        self.people = people
        blobs = coordinator.blobs
        uploads = coordinator.uploads
    }

    /// The router of the port.
    package func router() -> Router<ClientRequestContext> {
        let router = Router(context: ClientRequestContext.self)
        router.addMiddleware {
            ErrorResponses<ClientRequestContext>(now: authentication.gate.now)
            IdentityEncoding<ClientRequestContext>()
            authentication
        }
        addSiteRoutes(to: router)
        addPlanRoutes(to: router)
        addBlobRoutes(to: router)
        addRunRoutes(to: router)
        people.add(to: router)
        return router
    }

    private func addSiteRoutes(to router: Router<ClientRequestContext>) {
        let gate = authentication.gate
        router.get("/v1/hello") { _, context in
            let id = try context.authenticatedHolder().id
            return try Response.json(
                await coordinator.hello(id, boot: gate.boot, at: gate.now())
            )
        }
        router.put("/v1/site") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(SiteDescription.self, of: .describeSite)
            try await coordinator.describe(site, as: message)
            return Response(status: .noContent)
        }
        router.get("/v1/work") { request, context in
            let site = try context.authenticatedSite()
            let wait = request.uri.queryParameters["wait"].flatMap { Int(String($0)) } ?? 0
            let seconds = max(0, min(wait, Limits.longPollSecondsMax))
            // A stopping coordinator answers at once, so that its agents are not kept waiting.
            let next = try await cancelWhenGracefulShutdown {
                try await coordinator.nextWork(for: site, waiting: .seconds(seconds))
            }
            guard let work = next else { return Response(status: .noContent) }
            return try Response.json(work)
        }
        router.post("/v1/certificate") { request, context in
            let message = try await request.message(
                CertificateRenewal.self,
                of: .renewCertificate
            )
            guard let peer = context.peer else { throw CoordinatorError(.certificateRequired) }
            return try Response.json(
                try await renewal.renew(message, of: peer, try context.authenticatedHolder())
            )
        }
        router.put("/v1/progress") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(ProgressReport.self, of: .progress)
            await coordinator.note(message, from: site)
            return Response(status: .noContent)
        }
        router.put("/v1/checkpoint") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(
                CheckpointReport.self,
                of: .exchangeCheckpoints
            )
            return try Response.json(try await checkpoints.exchange(message, from: site))
        }
    }

    private func addPlanRoutes(to router: Router<ClientRequestContext>) {
        router.get("/v1/plans/:sha256") { _, context in
            let bytes = try await coordinator.plan(
                try context.digest(),
                for: try context.authenticatedSite()
            )
            return Response.bytes(bytes, headers: [.contentType: "application/json"])
        }
        router.put("/v1/plans/:sha256/answer") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(PlanAnswer.self, of: .answerPlan)
            try await coordinator.answer(
                plan: try context.digest(),
                message,
                from: site
            )
            return Response(status: .noContent)
        }
    }

    private func addBlobRoutes(to router: Router<ClientRequestContext>) {
        router.get("/v1/blobs/:sha256") { request, context in
            let digest = try context.digest()
            let total = try await coordinator.blobBytes(
                digest,
                for: try context.authenticatedSite()
            )
            let header = request.headers[.range] ?? "bytes=0-\(total - 1)"
            guard let range = ByteRange(header: header, total: total),
                range.bytes.count <= Limits.partBytes
            else { throw CoordinatorError(.malformed, "fetch-blob: range") }
            return BlobTransfer.response(
                from: try blobs.open(digest),
                range,
                total: total,
                on: context.channel
            )
        }
        router.put("/v1/uploads/:sha256") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(OpenUpload.self, of: .openUpload)
            return try Response.json(
                try await coordinator.openUpload(
                    try context.digest(),
                    bytes: message.bytes,
                    by: site
                )
            )
        }
        router.put("/v1/uploads/:sha256/parts/:n") { request, context in
            let (site, digest) = (try context.authenticatedSite(), try context.digest())
            let part = try context.number()
            let upload = try await BlockingThreads.run { [uploads] in
                try uploads.upload(digest, by: site)
            }
            try await BlobTransfer.receive(
                request,
                part: part,
                of: upload,
                on: context.channel
            )
            return Response(status: .noContent)
        }
        router.post("/v1/uploads/:sha256") { _, context in
            let (site, digest) = (try context.authenticatedSite(), try context.digest())
            return try Response.json(try await coordinator.closeUpload(digest, by: site))
        }
    }

    private func addRunRoutes(to router: Router<ClientRequestContext>) {
        router.put("/v1/runs/:run/rounds/:n/contribution") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(ContributionRequest.self, of: .contribute)
            return try Response.json(
                try await coordinator.contribute(
                    message,
                    run: try context.run(),
                    round: try context.round(),
                    from: site
                )
            )
        }
        router.put("/v1/runs/:run/rounds/:n/failure") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(FailureReport.self, of: .reportFailure)
            try await coordinator.fail(
                message,
                run: try context.run(),
                round: try context.round(),
                from: site
            )
            return Response(status: .noContent)
        }
        router.put("/v1/runs/:run/metrics") { request, context in
            let site = try context.authenticatedSite()
            let message = try await request.message(MetricsReport.self, of: .reportMetrics)
            try await coordinator.report(
                message,
                run: try context.run(),
                from: site
            )
            return Response(status: .noContent)
        }
    }
}

extension ClientRequestContext {
    fileprivate func digest() throws -> SHA256Digest {
        try parameter("sha256") { SHA256Digest(rawValue: $0) }
    }

    func run() throws -> RunID {
        try parameter("run") { RunID(rawValue: $0) }
    }

    fileprivate func round() throws -> RoundNumber {
        try parameter("n") { Int($0).flatMap(RoundNumber.init(rawValue:)) }
    }

    fileprivate func number() throws -> Int { try parameter("n") { Int($0) } }

    private func parameter<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = parameters.get(name).flatMap(read) else {
            throw CoordinatorError(.malformed, "the path's \(name) cannot be read")
        }
        return value
    }
}
