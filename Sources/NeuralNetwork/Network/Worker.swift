internal import CKernels
internal import Foundation
internal import Synchronization

/// One thread that sleeps until it is given a job.
final class Worker: Sendable {
    private let mailbox = Mailbox()

    /// What the thread and its owner share; the thread keeps no reference to the owner.
    private final class Mailbox: Sendable {
        let job = Mutex<(@Sendable () -> Void)?>(nil)
        let wake = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)

        /// Takes jobs until it is woken without one.
        func serve() {
            ck_flush_denormals()
            while true {
                wake.wait()
                let next = job.withLock { slot in
                    defer { slot = nil }
                    return slot
                }
                guard let next else { return }
                next()
                done.signal()
            }
        }
    }

    init(number: Int) {
        let thread = Thread { [mailbox] in mailbox.serve() }
        thread.name = "network-\(number)"
        // oneDNN compiles its loops on this stack.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Hands the thread a job.
    func start(_ job: @escaping @Sendable () -> Void) {
        mailbox.job.withLock { $0 = job }
        mailbox.wake.signal()
    }

    /// Waits until the job is done.
    func wait() { mailbox.done.wait() }

    /// Ends the thread once it is idle.
    func stop() { mailbox.wake.signal() }
}
