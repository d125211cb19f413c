import Foundation
package import NIOCore
import WireProtocol

/// What a connection may take before it is ended (Protocol.md section 3.4).
package struct ConnectionLimits: Sendable, Hashable {
    /// From the connection to the end of its TLS handshake.
    package var handshake = TimeAmount.seconds(10)
    /// From the first byte of a request to the end of its head.
    package var head = TimeAmount.seconds(10)
    /// The time over which the rate of a body is measured.
    package var rateWindow = TimeAmount.seconds(30)
    /// The least rate of a body.
    package var bytesPerSecondMin = Limits.bytesPerSecondMin
    /// Without a request the connection ends after this.
    package var idle = TimeAmount.seconds(90)
    /// Bytes that the peer's kernel does not acknowledge for so long end the connection.
    package var unacknowledged = TimeAmount.seconds(60)
    /// The bytes of a request's body, above every message's own limit.
    package var requestBytesMax = Limits.partBytes + Limits.jsonBytesMax
    /// The bytes of a request's head.
    package var headBytesMax = Limits.headBytesMax
    /// The fields of a request's head.
    package var headFieldsMax = 64
    /// Connections that have not yet sent a request; a further one ends the oldest.
    package var strangersMax = min(256, descriptorsMax / 4)
    /// Connections that present one certificate; a further one ends that whose last request began first.
    package var ofCertificateMax = 2 * Limits.connectionsMax

    /// The limits of the protocol.
    package static let standard = ConnectionLimits()
    /// Of the enrolment port, where a stranger sends one small message.
    package static let enrolment = with(standard) {
        $0.idle = .seconds(30)
        $0.requestBytesMax = 2 * Limits.jsonBytesMax
    }

    /// How many files and connections this process may have open.
    private static var descriptorsMax: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1024
        }
        return Int(clamping: limit.rlim_cur)
    }

    private static func with(_ limits: Self, _ change: (inout Self) -> Void) -> Self {
        var limits = limits
        change(&limits)
        return limits
    }
}
