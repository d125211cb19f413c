package import Foundation

/// Decides whether a signed request is fresh: its clock, its boot, its nonce (Protocol.md section 3.2).
///
/// Memory is bounded: per certificate the nonces of the last minutes, at most ``nonceMax``. A restart
/// needs no record of them, since nonces name the boot they are for.
package struct ReplayGuard: Sendable {
    /// How far the clocks may be apart, in seconds.
    package static let skewMax: Int64 = 300
    /// The nonces that are kept of one certificate.
    package static let nonceMax = 4096

    /// Why a request is not fresh.
    package enum Refusal: Error, Sendable, Hashable {
        /// The clocks differ by more than the limit; positive if the signer's is ahead.
        case clockSkew(seconds: Int64)
        /// It is meant for an earlier boot.
        case staleBoot
        /// Its nonce was used, or is as old as what was forgotten.
        case replayed
    }

    fileprivate struct Memory {
        var nonces: Set<SIMD2<UInt64>> = []
        /// By time of arrival, oldest first; what lies before `first` is forgotten.
        var order: [(nonce: SIMD2<UInt64>, created: Int64, seen: Int64)] = []
        var first = 0
        /// Requests this old or older may have been forgotten.
        var floor = Int64.min
    }

    /// The boot that requests must name.
    package private(set) var boot: BootID
    private var generator: any RandomNumberGenerator & Sendable
    private var memories: [String: Memory] = [:]
    private var latest: Int64 = 0

    /// Begins a boot.
    package init(generator: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        var generator = generator
        boot = BootID(using: &generator)
        self.generator = generator
    }

    /// Admits a request whose signature is valid, once.
    ///
    /// - Parameters:
    ///   - parameters: of its signature.
    ///   - isGreeting: whether it is `hello`, which may name any boot.
    ///   - now: the coordinator's clock.
    /// - Returns: the signer's clock less the coordinator's, in seconds.
    /// - Throws: ``Refusal``.
    @discardableResult
    package mutating func admit(
        _ parameters: SignatureParameters,
        isGreeting: Bool,
        at now: Date
    ) throws(Refusal) -> Int64 {
        let time = Int64(now.timeIntervalSince1970.rounded(.down))
        noteTime(time)
        let skew = parameters.created - time
        guard abs(skew) <= Self.skewMax else { throw .clockSkew(seconds: skew) }
        guard isGreeting || parameters.nonce.boot == boot else { throw .staleBoot }
        var memory = memories[parameters.keyID] ?? Memory()
        memories[parameters.keyID] = nil
        defer { memories[parameters.keyID] = memory }
        memory.forget(seenBefore: time - 2 * Self.skewMax)
        guard parameters.created > memory.floor,
            memory.nonces.insert(parameters.nonce.random).inserted
        else { throw .replayed }
        memory.order.append((parameters.nonce.random, parameters.created, time))
        memory.bound(to: Self.nonceMax)
        return skew
    }

    /// Forgets certificates that have said nothing for as long as a request can be repeated.
    package mutating func prune(at now: Date) {
        let time = Int64(now.timeIntervalSince1970.rounded(.down)) - 2 * Self.skewMax
        memories = memories.filter { ($0.value.order.last?.seen ?? .min) >= time }
    }

    /// A clock that falls back would let forgotten requests be repeated: a new boot ends them all.
    private mutating func noteTime(_ time: Int64) {
        if time < latest - 30 {
            boot = BootID(using: &generator)
            memories = [:]
            latest = time
        }
        latest = max(latest, time)
    }
}

extension ReplayGuard.Memory {
    fileprivate mutating func forget(seenBefore time: Int64) {
        while first < order.count, order[first].seen < time {
            nonces.remove(order[first].nonce)
            first += 1
        }
        compact()
    }

    fileprivate mutating func bound(to count: Int) {
        while order.count - first > count {
            nonces.remove(order[first].nonce)
            floor = max(floor, order[first].created)
            first += 1
        }
        compact()
    }

    private mutating func compact() {
        guard first > 1024 else { return }
        order.removeFirst(first)
        first = 0
    }
}
