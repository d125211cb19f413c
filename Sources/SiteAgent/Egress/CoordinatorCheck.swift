import Foundation
import Identity
import SiteStore
import WireProtocol

/// What the coordinator says to `hello`: versions and clocks.
struct CoordinatorCheck {
    let folder: SiteFolder
    let enrolment: SiteEnrolment

    func findings(_ ledger: any EgressLedger) async -> [Finding] {
        do {
            let hello = try await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: ledger
            ) { try await $0.hello(isRetried: false) }
            let version = Finding(
                "coordinator",
                .ok,
                "\(hello.federation) knows this site as \(hello.siteID); software"
                    + " \(hello.softwareVersion), protocol \(hello.protocolVersions)"
            )
            return [version, clocks(hello)]
        } catch let error as AgentError {
            return [Finding("coordinator", .fail, error.message, advice: error.hint)]
        } catch {
            return [Finding("coordinator", .fail, "\(error)")]
        }
    }

    private func clocks(_ hello: Hello) -> Finding {
        let comparison = ClockComparison(
            aheadSeconds: -ClockDifference.secondsAhead(
                milliseconds: hello.timeMilliseconds,
                of: Date()
            ),
            isOwnSynchronized: ClockDiscipline.isSynchronized,
            isOtherSynchronized: hello.clockIsSynchronized
        )
        return comparison.isWorthWarning
            ? Finding("clocks", .warn, comparison.text, advice: "300 s are refused")
            : Finding(
                "clocks",
                .ok,
                "within \(abs(comparison.aheadSeconds)) s of the coordinator's"
            )
    }
}
