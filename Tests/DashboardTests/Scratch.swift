import Dashboard
import Evaluation
import Foundation
import Testing

@Test func scratch() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors/comparison.json")
    let c = try Comparison(parsing: [UInt8](Data(contentsOf: url)))
    try Data(ComparisonPage.html(c).utf8).write(to: URL(filePath: "/tmp/page.html"))
    try Data(ComparisonTable.render(c, width: 100).utf8).write(to: URL(filePath: "/tmp/page.txt"))
}
