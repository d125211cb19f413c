import WireProtocol

extension CoordinatorClient {
    /// Shows the coordinator the site's newest checkpoint and asks for its own.
    func exchange(_ report: CheckpointReport) async throws -> CheckpointReply {
        let answer = try await send(
            Message(
                endpoint: .exchangeCheckpoints,
                path: Endpoint.exchangeCheckpoints.template,
                body: .init(try WireCodec.encode(report))
            )
        )
        return try decode(CheckpointReply.self, answer.body, of: .exchangeCheckpoints)
    }
}
