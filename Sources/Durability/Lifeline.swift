import Foundation

/// Ends a child process when its parent is gone, however it went: a pipe of which the parent keeps
/// the writing end.
///
/// The kernel closes that end with the parent, also after `kill -9`. A parent death signal would not
/// do: it is sent when the *thread* that started the child ends.
package enum Lifeline {
    /// The environment variable that tells a child that its standard input is a lifeline.
    package static let variable = "FEDERATION_LIFELINE"

    /// Makes the pipe: `child` is the child's standard input, `parent` stays open in the parent alone.
    ///
    /// - Throws: ``StorageFailure`` without a free descriptor.
    package static func make() throws(StorageFailure) -> (child: Int32, parent: Int32) {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw StorageFailure(.create, "a pipe") }
        // The children must not hold each other: no child gets the writing end.
        for end in ends where fcntl(end, F_SETFD, FD_CLOEXEC) != 0 {
            throw StorageFailure(.create, "a pipe")
        }
        return (ends[0], ends[1])
    }

    /// In a child: ends this process as soon as the parent is gone; elsewhere does nothing.
    package static func hold() {
        guard ProcessInfo.processInfo.environment[variable] == "stdin" else { return }
        // Children of this process have an input of their own.
        unsafe unsetenv(variable)
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = unsafe read(STDIN_FILENO, &byte, 1)
                if count < 0 && errno == EINTR { continue }
                // At once: nothing that is durable needs a goodbye.
                if count <= 0 { _exit(143) }
            }
        }
        thread.name = "lifeline"
        thread.stackSize = 1 << 18
        thread.start()
    }
}
