import Foundation

/// The program that serves as decoder: one that calls ``FrameDecodingService``.
package struct DecoderProgram: Hashable, Sendable {
    /// The program's file.
    package let path: String
    /// Its arguments, without the name.
    package let arguments: [String]

    /// How long a decoder may take to start.
    static let startLimit = Duration.seconds(30)

    /// Names a program.
    package init(path: String, arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// The program that runs, once more.
    package static let thisOne = DecoderProgram(
        path: "/proc/self/exe",
        arguments: [FrameDecodingService.argument]
    )

    /// All the variables it gets: no threads for libraries it does not use, no tracer of crashes.
    var environment: [String: String] {
        var variables = [
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        return variables
    }
}
