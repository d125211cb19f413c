import Confinement
import DICOM
import Glibc

/// Reads the file on standard input within 256 MiB of memory and says what came of it.
enum ReadingProbe {
    static let argument = "read-file"

    private static let limits = ConfinementLimits(
        addressSpaceBytes: 256 << 20,
        cpuSeconds: 60,
        outputBytes: 1 << 10,
        duration: .seconds(60)
    )

    static func run() -> Never {
        let measures = ConfinedSelf.enter(limits)
        guard measures.contains(.resourceLimits) else { answer("unconfined") }
        let bytes = input()
        do throws(DICOMError) {
            let file = try DICOMFile(reading: bytes)
            if file.dataSet[.pixelData] != nil { _ = try PixelDecoder.decode(file) }
            answer("read")
        } catch {
            answer(error.code.rawValue)
        }
    }

    private static func input() -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { buffer in
                unsafe read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            }
            guard count > 0 else { return bytes }
            bytes += block[..<count]
        }
    }

    private static func answer(_ text: String) -> Never {
        _ = unsafe text.withCString { unsafe write(STDOUT_FILENO, $0, strlen($0)) }
        _exit(0)
    }
}
