import Dashboard
import Evaluation
import Foundation
import Testing

@Suite struct ComparisonPageTests {
    private func page() throws -> String { ComparisonPage.html(try Self.comparison()) }

    private static func comparison() throws -> Comparison {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/comparison.json")
        return try Comparison(parsing: [UInt8](Data(contentsOf: url)))
    }

    @Test func `the page loads nothing, runs nothing and styles nothing inline`() throws {
        let html = try page()
        for banned in ["<script", "javascript:", " src=", " href=", " style=", "url(", "@import"] {
            #expect(!html.contains(banned), "\(banned)")
        }
        #expect(html.contains("default-src 'none'"))
        #expect(html.utf8.count < 200_000)
    }

    @Test func `every element that is opened is closed in order`() throws {
        let html = try page()
        let voids: Set<String> = ["meta", "!DOCTYPE"]
        var open: [String] = []
        for piece in html.split(separator: "<").dropFirst() {
            let tag = String(piece.prefix { $0 != ">" && $0 != " " && $0 != "/" || $0 == "!" })
            let inside = piece.prefix { $0 != ">" }
            if inside.hasPrefix("/") {
                #expect(open.popLast() == String(inside.dropFirst()), "</\(inside)")
            } else if !inside.hasSuffix("/"), !voids.contains(tag) {
                open.append(tag)
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `names from sites are escaped`() throws {
        let html = try page()
        #expect(html.contains("Lakeside Community &lt;North&gt;"))
        #expect(!html.contains("<North>"))
        #expect(html.contains("St Nicholas Children&#39;s"))
    }

    @Test func `the forest plot shows both models and says why a site has none`() throws {
        let html = try page()
        let plot = try #require(html.components(separatedBy: "<svg").dropFirst().first)
        #expect(plot.components(separatedBy: "class=\"square\"").count == 3)
        #expect(plot.components(separatedBy: "class=\"ring local\"").count == 3)
        #expect(plot.contains("not estimable (one class only: no negative cases)"))
        #expect(plot.contains("suppressed (small cell: too few positive cases)"))
        #expect(plot.contains("site did not answer"))
        #expect(plot.contains("46 / 104"))
    }

    @Test func `a long name has two lines in the forest plot, and none is cut`() throws {
        let html = try page()
        let plot = try #require(html.components(separatedBy: "<svg").dropFirst().first)
        #expect(!plot.contains("…"))
    }

    @Test func `every reason for quarantine has its own line and every ledger its path`() throws {
        let comparison = try Self.comparison()
        let html = ComparisonPage.html(comparison)
        let reasons = comparison.sites.compactMap { $0.intake.value?.quarantine.count }
        #expect(reasons.reduce(0, +) > 2)
        #expect(
            html.components(separatedBy: "<div>").count - 1 == reasons.reduce(0, +)
        )
        for ledger in comparison.sites.compactMap(\.egressLedger) {
            #expect(html.contains("<dd><code>\(ledger)</code></dd>"))
        }
    }

    @Test func `an interval is never broken over two lines`() throws {
        let html = try page()
        let intervals = html.matches(of: /\([0-9.]+–[0-9.]+\)/)
        #expect(!intervals.isEmpty)
        for table in html.components(separatedBy: "<tbody>").dropFirst() {
            let cells = table.components(separatedBy: "</tbody>")[0]
            for match in cells.matches(of: /(.)\([0-9.]+–[0-9.]+\)/) {
                #expect(match.output.1 == ">")
            }
        }
    }

    @Test func `the round curves have a line per site and a gap where a site is missing`() throws {
        let html = try page()
        #expect(html.components(separatedBy: "<path class=\"curve s").count == 6)
        #expect(html.contains("<path class=\"curve mean\""))
        let rural = try #require(html.components(separatedBy: "<path class=\"curve s2\"").last)
        let path = rural.prefix { $0 != ">" }
        #expect(path.filter { $0 == "M" }.count == 2)
    }

    @Test func `the page carries the warning, the methods and both hashes`() throws {
        let html = try page()
        let comparison = try Self.comparison()
        #expect(html.contains("phantoms test the software"))
        #expect(html.contains("DeLong variance"))
        #expect(html.contains(comparison.model.sha256))
        #expect(html.contains(comparison.plan.sha256))
    }

    @Test func `a run without rounds, sites or losses still gives a page`() {
        let comparison = Comparison(
            name: "empty",
            data: .publicData,
            model: ModelReference(sha256: "0"),
            plan: PlanReference(sha256: "0", name: "p", threshold: 0.5, volumeStrataML: []),
            seed: 1,
            rounds: [
                RoundSummary(
                    number: 1,
                    loss: nil,
                    bytes: 0,
                    seconds: 0,
                    rollCall: .init(contributed: [])
                )
            ],
            sites: []
        )
        let html = ComparisonPage.html(comparison)
        #expect(html.contains("keeps training losses at the sites"))
        #expect(!html.contains("phantoms"))
    }

    @Test func `interpolated text is escaped and markup is not`() {
        let inner: Markup = "<b>\("a & \"b\" <c>")</b>"
        let outer: Markup = "<p>\(inner)\(3)</p>"
        #expect(outer.text == "<p><b>a &amp; &quot;b&quot; &lt;c&gt;</b>3</p>")
    }
}
