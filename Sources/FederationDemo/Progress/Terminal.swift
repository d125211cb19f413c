import Foundation

/// Where progress and results are written, and how wide it is.
package struct Terminal: Sendable {
    /// Progress goes here.
    package static let standardError = Terminal(STDERR_FILENO)
    /// Results go here.
    package static let standardOutput = Terminal(STDOUT_FILENO)

    private let descriptor: Int32
    /// Whether lines can be rewritten: a terminal that is not dumb.
    package let isInteractive: Bool

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        isInteractive =
            isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// The columns: the terminal's, else 100.
    package var columns: Int {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 100
        }
        return Int(size.ws_col)
    }

    /// Writes a text at once.
    package func write(_ text: String) {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        // Progress that cannot be shown is no reason to end the demo.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
