import NIOCore
import WireProtocol

/// How long a site waits for a coordinator that says nothing before it takes the connection for dead
/// (Protocol.md section 3.4).
package struct Patience: Sendable, Hashable {
    /// The longest time that a message of a few bytes may take to leave.
    private static let smallSeconds = 30

    /// From the end of a message to the first byte of its answer, and between two bytes of an answer.
    ///
    /// It bounds how long a half-open connection is believed in.
    package let silenceSeconds: Int

    /// 60 s, the idle limit of common proxies and firewalls.
    package static let standard = Patience(silenceSeconds: 60)

    /// Makes a patience of at least 2 s.
    package init(silenceSeconds: Int) { self.silenceSeconds = max(2, silenceSeconds) }

    /// How long a coordinator is asked to hold a request for work: what is left of the silence is for
    /// the way.
    package var longPollSeconds: Int {
        min(Limits.longPollSecondsMax, silenceSeconds / 2)
    }

    /// How long a message may take until its answer begins: a line of the least rate has to do.
    func timeout(sending bytes: Int, waiting seconds: Int = 0) -> TimeAmount {
        let transmission = bytes / Limits.bytesPerSecondMin
        return .seconds(Int64(Self.smallSeconds + transmission + seconds))
    }

    /// For the kernel: bytes that nobody acknowledges for so long end the connection.
    var unacknowledgedMilliseconds: Int { silenceSeconds * 1000 }
}
