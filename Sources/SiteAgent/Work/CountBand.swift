/// Counts as bands wide enough that no single exam can be followed.
enum CountBand {
    private static let edges = [0, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000]
    private static let percentEdges = [0, 1, 2, 5, 10, 20, 40, 60, 80, 100]

    /// The band of a count, such as `50-99`.
    static func text(_ count: Int) -> String {
        guard let index = edges.lastIndex(where: { $0 <= count }), index + 1 < edges.count else {
            return "\(edges[edges.count - 1]) or more"
        }
        return "\(edges[index])-\(edges[index + 1] - 1)"
    }

    /// The band of a share, such as `5-10 %`.
    static func prevalence(positives: Int, exams: Int) -> String {
        guard exams >= 10 else { return "unknown" }
        let percent = 100 * Double(positives) / Double(exams)
        let index = percentEdges.lastIndex { Double($0) <= percent } ?? 0
        let low = percentEdges[min(index, percentEdges.count - 2)]
        let high = percentEdges[min(index + 1, percentEdges.count - 1)]
        return "\(low)-\(high) %"
    }
}
