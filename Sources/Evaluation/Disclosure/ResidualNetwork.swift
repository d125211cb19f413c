/// Integer capacities between a few nodes, for maximum flow by shortest augmenting paths.
struct ResidualNetwork {
    private var capacity: [[Int]]

    init(nodes: Int) {
        capacity = Array(repeating: Array(repeating: 0, count: nodes), count: nodes)
    }

    mutating func add(_ from: Int, _ to: Int, forward: Int, backward: Int) {
        capacity[from][to] += forward
        capacity[to][from] += backward
    }

    /// The largest flow between two nodes; leaves the network as it was.
    func maximumFlow(from source: Int, to sink: Int) -> Int {
        var residual = capacity
        var total = 0
        while let path = Self.shortestPath(residual, source, sink) {
            let amount = path.map { residual[$0.from][$0.to] }.min() ?? 0
            for step in path {
                residual[step.from][step.to] -= amount
                residual[step.to][step.from] += amount
            }
            total += amount
        }
        return total
    }

    private static func shortestPath(
        _ residual: [[Int]],
        _ source: Int,
        _ sink: Int
    ) -> [(from: Int, to: Int)]? {
        var parent = [source: source]
        var queue = [source]
        var position = 0
        while position < queue.count, parent[sink] == nil {
            let node = queue[position]
            position += 1
            for next in residual.indices where residual[node][next] > 0 && parent[next] == nil {
                parent[next] = node
                queue.append(next)
            }
        }
        var path: [(from: Int, to: Int)] = []
        var node = sink
        while node != source {
            guard let before = parent[node] else { return nil }
            path.append((before, node))
            node = before
        }
        return path
    }
}
