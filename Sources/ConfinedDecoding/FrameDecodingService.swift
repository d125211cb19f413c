package import Confinement
package import DICOM
import Glibc

/// The confined end: reads one encoded frame after the other from standard input and writes its
/// stored values to standard output, until the input ends.
package enum FrameDecodingService {
    /// The first argument of a program that is to be a decoder.
    package static let argument = "decode-frames"

    /// Becomes a decoder, and never returns, if the program was started as one.
    package static func runIfAsked() {
        guard CommandLine.arguments.dropFirst().first == argument else { return }
        run { file throws(DICOMError) in try PixelDecoder.decode(file) }
    }

    /// Confines the process and serves.
    ///
    /// - Parameters:
    ///   - limits: The bounds it sets itself; the time of an answer is the client's to watch.
    ///   - decode: Turns the one frame of a file into stored values.
    package static func run(
        limits: ConfinementLimits = ConfinedFrameDecoder.decodingLimits,
        _ decode: (DICOMFile) throws(DICOMError) -> DecodedFrame
    ) -> Never {
        let measures = ConfinedSelf.enter(limits)
        write(FrameMessage.greeting + FrameMessage.integer(Int(measures.rawValue)))
        while let question = nextQuestion() {
            let result: Result<DecodedFrame, DICOMError>
            do throws(DICOMError) {
                result = .success(try decode(DICOMFile(reading: question)))
            } catch {
                result = .failure(error)
            }
            write(FrameMessage.answer(result))
        }
        // Not exit(3): nothing of the libraries' ends is needed, and some of it is forbidden here.
        _exit(0)
    }

    /// The next question, nil if there will be none.
    private static func nextQuestion() -> [UInt8]? {
        guard let head = read(count: 4) else { return nil }
        let length = FrameMessage.integer(head)
        guard length <= FrameMessage.maximumQuestion else { return nil }
        return read(count: length)
    }

    private static func read(count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var offset = 0
        while offset < count {
            let taken = unsafe bytes.withUnsafeMutableBytes { all in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: all[offset...])
                return unsafe Glibc.read(STDIN_FILENO, rest.baseAddress, rest.count)
            }
            if taken < 0 && errno == EINTR { continue }
            guard taken > 0 else { return nil }
            offset += taken
        }
        return bytes
    }

    /// Writes all bytes; without a reader there is nothing left to do.
    private static func write(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[offset...])
                return unsafe Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { _exit(1) }
            offset += count
        }
    }
}
