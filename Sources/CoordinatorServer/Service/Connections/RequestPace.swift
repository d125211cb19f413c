import NIOCore

/// How quickly the peer of a connection gets on: a value without a clock.
struct RequestPace {
    /// Why a connection is ended.
    enum Violation: String, Sendable, Hashable {
        case slowHandshake = "no TLS handshake in time"
        case slowHead = "no request's head in time"
        case slowBody = "a request's body below the least rate"
        case longBody = "a request's body above every limit"
    }

    private enum Phase: Equatable {
        case handshake
        case idle
        case head
        case body
    }

    private let limits: ConnectionLimits
    private var phase = Phase.handshake
    /// When the phase, or the window in which the rate is measured, began.
    private var since: NIODeadline
    private var windowBytes = 0
    private var bodyBytes = 0
    /// When we stopped to wait for the peer: what it could have sent since is not its fault.
    private var heldSince: NIODeadline?

    init(_ limits: ConnectionLimits, at now: NIODeadline) {
        self.limits = limits
        since = now
    }

    /// When ``violation(at:)`` has to be asked again; nil while nothing is expected of the peer.
    var deadline: NIODeadline? {
        switch phase {
        case .idle: nil
        case .handshake: since + limits.handshake
        case .head: since + limits.head
        case .body: since + limits.rateWindow
        }
    }

    /// The handshake is done.
    mutating func shookHands() { phase = .idle }

    /// Bytes came from the peer.
    mutating func received(_ count: Int, at now: NIODeadline) -> Violation? {
        switch phase {
        case .handshake, .head: return nil
        case .idle:
            phase = .head
            since = now
        case .body:
            windowBytes += count
            bodyBytes += count
            if bodyBytes > limits.requestBytesMax { return .longBody }
        }
        return nil
    }

    /// The head of a request is whole.
    mutating func finishedHead(at now: NIODeadline) {
        phase = .body
        since = now
        (windowBytes, bodyBytes, heldSince) = (0, 0, nil)
    }

    /// A request is whole.
    mutating func finishedRequest() { phase = .idle }

    /// We take no more bytes for now.
    mutating func held(at now: NIODeadline) { heldSince = heldSince ?? now }

    /// We wait for the peer again.
    mutating func waits(at now: NIODeadline) {
        guard let heldSince else { return }
        since = since + (now - heldSince)
        self.heldSince = nil
    }

    /// Whether the peer is too slow; a body's window begins anew when it is not.
    mutating func violation(at now: NIODeadline) -> Violation? {
        guard let deadline, now >= deadline else { return nil }
        switch phase {
        case .idle: return nil
        case .handshake: return .slowHandshake
        case .head: return .slowHead
        case .body:
            let expected =
                Int(limits.rateWindow.nanoseconds / 1_000_000) * limits.bytesPerSecondMin / 1000
            if heldSince == nil, windowBytes < expected { return .slowBody }
            since = now
            windowBytes = 0
            if heldSince != nil { heldSince = now }
            return nil
        }
    }
}
