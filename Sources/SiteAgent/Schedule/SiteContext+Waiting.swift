import Foundation

extension SiteContext {
    /// Between two looks at the clock and the policy, either of which may be changed meanwhile.
    private static let look: Duration = .seconds(30)

    /// Waits until the hours of the site's policy let results leave.
    func untilResultsMayLeave() async throws {
        while let opening = try await policy().hours.opening(from: Date()) {
            let seconds = opening.timeIntervalSinceNow
            guard seconds > 0 else { return }
            emit(
                .waiting(for: "policy.yaml: results may leave from \(opening.formatted(.iso8601))")
            )
            try await Task.sleep(for: min(.seconds(seconds), Self.look))
        }
    }
}
