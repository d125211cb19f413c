import HeadCT
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.exists, "\(SharedData.absent)"))
struct CQ500ReadsTests {
    @Test func `the majorities of the 491 published reads are those of the publication`() throws {
        let table = try LabelTable.read(
            format: .cq500Reads,
            at: SharedData.url("data/cq500-slices-and-reads/reads.csv")
        )
        #expect(table.entries.count == 491)
        #expect(table.issues.isEmpty)
        let counts = HaemorrhageType.allCases.map { type in
            table.entries.count { $0.labels.values[type] == true }
        }
        #expect(counts == [205, 13, 134, 28, 60, 53])
    }
}
