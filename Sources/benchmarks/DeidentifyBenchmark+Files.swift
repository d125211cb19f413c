import DICOM
import Deidentification
import Foundation
import SystemPackage

/// Whole files in and out, with no copy in between.
enum BenchmarkFiles {
    /// The regular files below a folder, ascending.
    static func all(below folder: URL) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.sorted().map { folder.appending(path: $0) }.filter { url in
            (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
    }

    /// The bytes of a file.
    static func bytes(_ url: URL) throws -> [UInt8] {
        let file = try FileDescriptor.open(FilePath(url.path), .readOnly)
        return try file.closeAfter {
            let size = Int(try file.seek(offset: 0, from: .end))
            try file.seek(offset: 0, from: .start)
            return try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                while count < size {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
                    )
                    let read = try unsafe file.read(into: rest)
                    if read == 0 { break }
                    count += read
                }
            }
        }
    }

    /// The bytes of a file that is to be de-identified.
    static func input(_ url: URL) throws(QuarantineReason) -> [UInt8] {
        do { return try bytes(url) } catch {
            throw QuarantineReason(.unreadable, "the file cannot be read")
        }
    }

    /// The files by the series they say they are of.
    static func series(_ urls: [URL]) -> [[SeriesFile]] {
        var groups: [SeriesKey: [SeriesFile]] = [:]
        for url in urls {
            guard let bytes = try? bytes(url),
                let file = try? DICOMFile(reading: bytes, until: .pixelData)
            else { continue }
            groups[SeriesKey(file.dataSet), default: []].append(
                SeriesFile { () throws(QuarantineReason) in try input(url) }
            )
        }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Writes a file, replacing one of that name.
    static func write(_ bytes: [UInt8], to url: URL) throws {
        let file = try FileDescriptor.open(
            FilePath(url.path),
            .writeOnly,
            options: [.create, .truncate],
            permissions: .ownerReadWrite
        )
        try file.closeAfter { _ = try file.writeAll(bytes) }
    }
}

/// What this process has used.
enum BenchmarkMemory {
    /// The seconds of the processor so far, user and system.
    static func processorSeconds() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Starts the peak of resident memory anew from what is resident now (proc(5), `clear_refs`).
    static func resetPeak() {
        // Without the right to reset, the peak is that of the whole run: too high, never too low.
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    /// The peak since the start or the last reset.
    static func peakMiB() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        return (kibibytes.flatMap { Double($0) } ?? .nan) / 1024
    }
}
