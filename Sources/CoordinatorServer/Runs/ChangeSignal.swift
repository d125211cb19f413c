/// Lets long-polls wait until something changed, or until their time is over.
actor ChangeSignal {
    private var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    private var nextWaiter = 0

    /// Wakes every waiter.
    func notify() {
        let woken = waiters.values
        waiters = [:]
        for waiter in woken { waiter.resume() }
    }

    /// Returns at the next `notify`, after `duration`, or when the task is cancelled.
    func wait(atMost duration: Duration) async {
        let id = nextWaiter
        nextWaiter += 1
        let timer = Task {
            try? await Task.sleep(for: duration)
            wake(id)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiters[id] = $0 }
        } onCancel: {
            timer.cancel()
        }
        timer.cancel()
    }

    private func wake(_ id: Int) { waiters.removeValue(forKey: id)?.resume() }
}
