import Evaluation
import Testing

/// Against the worked examples of Newcombe, Statistics in Medicine 1998;17:873, table II, method 10.
@Suite struct ProportionDifferenceTests {
    @Test(arguments: [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ])
    func `the hybrid score interval is that of the paper`(
        first: (Int, Int),
        second: (Int, Int),
        low: Double,
        high: Double
    ) throws {
        let interval = try #require(
            ProportionDifference.newcombe(first: first, second: second)
        )
        #expect(abs(interval.low - low) < 5e-5)
        #expect(abs(interval.high - high) < 5e-5)
    }

    @Test func `nobody on one side has no interval`() {
        #expect(ProportionDifference.newcombe(first: (0, 0), second: (1, 2)) == nil)
    }

    @Test func `swapping the sides mirrors the interval`() throws {
        let one = try #require(ProportionDifference.newcombe(first: (3, 9), second: (7, 8)))
        let two = try #require(ProportionDifference.newcombe(first: (7, 8), second: (3, 9)))
        #expect(abs(one.low + two.high) < 1e-12 && abs(one.high + two.low) < 1e-12)
    }
}
