import SiteAgent
import Testing

@Suite struct TokenBucketTests {
    @Test func `a full bucket lets the burst through at once, and then the rate`() {
        var bucket = TokenBucket(bytesPerSecond: 100, burst: 50)
        #expect(bucket.take(50, at: .zero) == .zero)
        #expect(bucket.take(100, at: .zero) == .seconds(1))
        #expect(bucket.take(100, at: .seconds(1)) == .seconds(1))
        #expect(bucket.take(20, at: .seconds(2)) == .milliseconds(200))
        // A long pause gives the burst back, and no more.
        #expect(bucket.take(50, at: .seconds(100)) == .zero)
        #expect(bucket.take(1, at: .seconds(100)) == .milliseconds(10))
    }

    @Test func `a clock that stands or goes back gives nothing`() {
        var bucket = TokenBucket(bytesPerSecond: 100, burst: 10)
        #expect(bucket.take(10, at: .seconds(5)) == .zero)
        #expect(bucket.take(10, at: .seconds(4)) == .milliseconds(100))
        #expect(bucket.take(10, at: .seconds(5)) == .milliseconds(200))
    }

    @Test(arguments: [1000.0, 62_500, 1_250_000])
    func `whoever waits as told never passes more than burst and rate allow`(rate: Double) {
        var generator = SystemRandomNumberGenerator()
        let burst = max(16384, rate / 4)
        var bucket = TokenBucket(bytesPerSecond: rate, burst: burst)
        var (now, passed) = (Duration.zero, 0.0)
        for _ in 0..<2000 {
            let bytes = Int.random(in: 1...16384, using: &generator)
            now += bucket.take(bytes, at: now)
            passed += Double(bytes)
            let seconds = now / .seconds(1)
            #expect(passed <= burst + rate * seconds + 1)
            // And it is used: never more than a burst behind while there is something to send.
            #expect(passed >= rate * seconds - 1)
        }
    }

    @Test(arguments: [
        ("500 kB/s", 500e3), ("2.5 MB/s", 2.5e6), ("10 Mbit/s", 1.25e6), ("64 kbit/s", 8000),
    ])
    func `rates are read in their units`(text: String, rate: Double) throws {
        #expect(try DataRate(text).bytesPerSecond == rate)
    }

    @Test(arguments: ["", "500", "500kB/s", "0 kB/s", "-1 MB/s", "63 kbit/s", "nan MB/s", "2 mb/s"])
    func `what is no rate is refused`(text: String) {
        #expect(throws: AgentError.self) { try DataRate(text) }
    }
}
