import CoordinatorServer
import CoordinatorStore
import Foundation
import Identity
import SiteAgent
import SiteStore
import Testing

/// Both ends warn of a certificate that ends, more firmly at 14, 7 and 3 days, and when it has ended.
@Suite struct CertificateWarningTests {
    private static let table: [(daysLeft: Double, operatorReads: String, siteReads: String)] = [
        (29, "until", "29 days"), (14.5, "until", "14 days"),
        (13.5, "13 days left, renewal is overdue", "13 days left, renewal is overdue"),
        (7.5, "7 days left, renewal is overdue", "7 days left, renewal is overdue"),
        (6.5, "only 6 days left", "only 6 days left"),
        (3.5, "only 3 days left", "only 3 days left"),
        (2.5, "2 DAYS LEFT; call the site", "2 DAYS LEFT and not renewed"),
        (-1, "EXPIRED on", "EXPIRED on"),
    ]

    @Test func `the operator and the site read the same warning in time`() async throws {
        try await TestFederation.serving { federation in
            let root = FileManager.default.temporaryDirectory.appending(path: "warn-\(UUID())")
            let folder = SiteFolder(root.appending(path: "site"))
            defer { try? FileManager.default.removeItem(at: root) }
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            let given = root.appending(path: "given.yaml")
            try Data(
                """
                id: alpha
                name: Alpha
                source: {kind: folder, path: dicom}
                labels: {format: plain-csv, path: labels}
                disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}
                approval: {mode: declared}
                """.utf8
            ).write(to: given)
            try await SiteSetup.create(
                in: folder,
                profile: try SiteProfile.read(from: given).resolved(against: root)
            )
            _ = try await EnrolmentClient(folder: folder, softwareVersion: "test")
                .enrol(try await federation.invite("alpha")) { _ in
                    try await federation.approve("alpha")
                }
            let end = try PartyCredentials(from: folder.identity).leaf.notValidAfter
            let status = try await SiteStatus(of: folder, try SiteAudit.store(of: folder))
            for (days, operatorReads, siteReads) in Self.table {
                let now = end.addingTimeInterval(-days * 86_400)
                let reports = try await federation.operations.siteReports(at: now)
                let report = try #require(reports.first { $0.site.id == "alpha" })
                let text = report.certificateText(at: now)
                #expect(text.contains(operatorReads), "\(days): \(text)")
                let line = status.text(now: now).split(separator: "\n")
                    .first { $0.hasPrefix("certificate") }
                #expect(line?.contains(siteReads) == true, "\(days): \(line ?? "")")
                let isWarning = days < 14
                #expect((report.urgency == SiteReport.Urgency.none) == !isWarning, "\(days)")
            }
        }
    }
}
