import Durability
import Foundation

/// Which cases are played, from the points that the undisturbed run passed.
struct MatrixPlan {
    /// The points that the coordinator passed, in order.
    let coordinator: [CrashPoint]
    /// The site whose agent is killed.
    let site: String
    /// The points that its agent passed.
    let agent: [CrashPoint]

    /// Reads the points of a trace.
    static func points(in trace: URL) throws -> [CrashPoint] {
        try String(contentsOf: trace, encoding: .utf8).split(separator: "\n")
            .compactMap { CrashPoint(rawValue: String($0)) }
    }

    /// Points that nobody passed: a test that cannot fail there.
    var unseen: [CrashPoint] {
        let seen = Set(coordinator).union(agent)
        return CrashPoint.allCases.filter { !seen.contains($0) }
    }

    private var parties: [(Party, [CrashPoint])] {
        [(.coordinator, coordinator), (.agent(site), agent)]
    }

    /// Every named point of each party once, in the middle of its passings, and three writes.
    var small: [[Party: [String]]] {
        parties.flatMap { party, points in
            let named = CrashPoint.allCases.compactMap { point -> String? in
                let passings = points.count { $0 == point }
                return passings > 0 ? "\(point.rawValue)#\((passings + 1) / 2)" : nil
            }
            let writes = [points.count / 7, points.count / 2, points.count * 6 / 7]
            return (named + writes.map { "write#\(max($0, 1))" }).map { [party: [$0]] }
        }
    }

    /// Every passing of every named point, every k-th write, and random ones several at a time.
    func full(every step: Int, random: Int) -> [[Party: [String]]] {
        let single = parties.flatMap { party, points in
            let named = CrashPoint.allCases.flatMap { point in
                let passings = points.count { $0 == point }
                let isCommon = passings > 12
                return isCommon ? [] : (0..<passings).map { "\(point.rawValue)#\($0 + 1)" }
            }
            let writes = stride(from: 1, through: points.count, by: step).map { "write#\($0)" }
            return (named + writes).map { [party: [$0]] }
        }
        return single + (0..<random).map { several($0) }
    }

    /// Three kills of each party, spread over the run by the number of the play.
    private func several(_ number: Int) -> [Party: [String]] {
        Dictionary(
            uniqueKeysWithValues: parties.enumerated().map { index, party in
                var state = UInt64(number * 2 + index + 1) &* 0x9E37_79B9_7F4A_7C15
                let triggers = (0..<3).map { _ -> String in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let third = max(party.1.count / 3, 1)
                    return "write#\(1 + Int(state >> 33) % third)"
                }
                return (party.0, triggers)
            }
        )
    }
}
