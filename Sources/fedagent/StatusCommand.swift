import SiteStore
import ArgumentParser
import SiteAgent

/// `fedagent status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Enrolment, cohort and rounds of this site."
    )

    @OptionGroup var options: SiteOptions

    func run() async throws {
        try await reporting {
            let store = try options.store()
            if let enrolment = try? SiteEnrolment.read(from: options.folder) {
                print("site \(enrolment.siteID) of \(enrolment.federation)")
                print("coordinator \(enrolment.coordinator)")
            } else {
                print("not enrolled")
            }
            print(try await CohortSummary(of: store).text)
            for round in try await store.rounds() {
                print(
                    "\(round.run) round \(round.number): \(round.examples) slices, loss"
                        + " \(round.meanLoss), \(round.outcome ?? "not delivered")"
                )
            }
        }
    }
}
