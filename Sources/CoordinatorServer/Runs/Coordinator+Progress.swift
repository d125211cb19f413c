import CoordinatorStore
package import Federation
import Foundation
package import WireProtocol

extension Coordinator {
    /// Keeps where a site is; also its heartbeat.
    package func note(_ report: ProgressReport, from site: SiteID) {
        var progress = heard(site)
        progress.run = runs[report.runID] == nil ? nil : report.runID
        progress.round = report.round
        progress.phase = Self.words(report)
        progress.fraction = report.fraction.isFinite ? min(max(report.fraction, 0), 1) : nil
        progress.meanLoss = report.meanLoss.flatMap { $0.isFinite ? $0 : nil }
        sites[site] = progress
        guard let run = runs[report.runID], run.machine?.work(for: site) != nil else { return }
        post(.event(.heartbeat(site)), to: run.id)
    }

    /// The phase for people; a site that waits by its own schedule says until when.
    private static func words(_ report: ProgressReport) -> String {
        guard report.phase == .waiting, let until = report.untilMilliseconds else {
            return report.phase.rawValue
        }
        let date = Date(timeIntervalSince1970: Double(until) / 1000)
        return "waiting by its own schedule until \(date.formatted(.iso8601))"
    }

    /// Keeps that a site asked for work and had none.
    func noteWaiting(_ site: SiteID) { sites[site] = heard(site) }

    private func heard(_ site: SiteID) -> SiteProgress {
        unkeptSites.insert(site)
        return SiteProgress(site: site, heardMilliseconds: milliseconds)
    }

    /// Writes down what was heard since the last time.
    func keepProgress() async throws {
        let changed = unkeptSites.sorted().compactMap { sites[$0] }
        unkeptSites = []
        try await store.keep(changed)
    }
}
