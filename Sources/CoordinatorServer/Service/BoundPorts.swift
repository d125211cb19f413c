import NIOCore

/// The ports a coordinator listens on; whoever asks before they are bound waits.
package actor BoundPorts {
    private struct Port {
        var number: Int?
        var waiters: [CheckedContinuation<Int, Never>] = []
    }

    /// Which of them.
    enum Name: Sendable, Hashable {
        case service, enrolment, people
    }

    private var known: [Name: Port] = [:]

    /// The service port.
    package var service: Int {
        get async { await number(.service) }
    }

    /// The enrolment port.
    package var enrolment: Int {
        get async { await number(.enrolment) }
    }

    /// The people's port, where there is one.
    package var people: Int {
        get async { await number(.people) }
    }

    /// Notes what a listening channel is bound to.
    func note(_ name: Name, of channel: any Channel) {
        guard let number = channel.localAddress?.port else { return }
        let waiters = known[name]?.waiters ?? []
        known[name] = Port(number: number)
        for waiter in waiters { waiter.resume(returning: number) }
    }

    private func number(_ name: Name) async -> Int {
        if let number = known[name]?.number { return number }
        return await withCheckedContinuation {
            known[name, default: Port()].waiters.append($0)
        }
    }
}
