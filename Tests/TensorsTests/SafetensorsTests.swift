import Foundation
import Tensors
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
    private let sample: NamedTensors

    init() throws {
        sample = try NamedTensors([
            ("w", Tensor(shape: [2, 3], values: [1, -2, 3.5, 0, .leastNonzeroMagnitude, 1e30])),
            ("b", Tensor(shape: [], values: [7])), ("empty", Tensor(shape: [0, 4])),
        ])
    }

    /// A file from a JSON text and so many bytes of data.
    private func file(_ json: String, data: Int = 0) -> [UInt8] {
        let text = Array(json.utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return length + text + [UInt8](repeating: 0, count: data)
    }

    private func code(_ bytes: [UInt8], _ limits: SafetensorsLimits = .standard) -> String {
        do {
            _ = try Safetensors.decode(bytes, limits: limits)
            return "accepted"
        } catch { return error.code.rawValue }
    }

    @Test("A round trip gives the same tensors, and encoding again the same bytes")
    func roundTrip() throws {
        let bytes = try Safetensors.encode(sample, metadata: ["b\n": "\"é\\", "a": "1"])
        let decoded = try Safetensors.decode(bytes)
        #expect(decoded == sample)
        let header = try SafetensorsHeader(parsing: bytes, fileBytes: bytes.count)
        #expect(header.metadata == ["b\n": "\"é\\", "a": "1"])
        #expect(header.headerBytes % 8 == 0)
        #expect(try Safetensors.encode(decoded, metadata: header.metadata) == bytes)
    }

    @Test("The layout of a small file, byte for byte")
    func layout() throws {
        let set = try NamedTensors([("t", Tensor(shape: [1], values: [1]))])
        let json = #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        let padded = json + String(repeating: " ", count: 7 - (json.utf8.count + 7) % 8)
        let expected = file(padded) + [0, 0, 0x80, 0x3f]
        #expect(try Safetensors.encode(set) == expected)
    }

    @Test("A file is written whole, read whole, and read in blocks")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "m.safetensors")
        try Safetensors.write(sample, to: url)
        #expect(try Safetensors.read(from: url) == sample)
        #expect([UInt8](try Data(contentsOf: url)) == (try Safetensors.encode(sample)))
        let file = try SafetensorsFile(url)
        let entry = try #require(file.header.entry(named: "w"))
        #expect(try file.readFloat32(entry, elements: 1..<4) == [-2, 3.5, 0])
        var block: [Float] = [9, 9, 9]
        try file.readFloat32(entry, elements: 0..<2, into: &block)
        #expect(block == [1, -2, 9])

        do {
            let writer = try SafetensorsWriter(header: file.header, to: url)
            try writer.append([Float](repeating: 0, count: 3))
        }
        #expect(try Safetensors.read(from: url) == sample, "an unfinished file replaced the old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    @Test("A file that is written over ends where the new one ends, or is gone")
    func overwriting() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "m.safetensors")
        let expected = try Safetensors.encode(sample)
        for former in [0, 3, expected.count, 3 * expected.count] {
            try Data(repeating: 0xff, count: former).write(to: url)
            try Safetensors.write(sample, to: url.appendingPathExtension("source"))
            let header = try SafetensorsFile(url.appendingPathExtension("source")).header
            let writer = try SafetensorsWriter(
                header: header,
                to: url,
                predecessor: .overwritten
            )
            for tensor in sample.tensors { try writer.append(tensor) }
            try writer.finish()
            #expect([UInt8](try Data(contentsOf: url)) == expected)
        }
        do {
            let header = try SafetensorsFile(url).header
            _ = try SafetensorsWriter(header: header, to: url, predecessor: .overwritten)
        }
        #expect(!FileManager.default.fileExists(atPath: url.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    @Test("F16, BF16 and F64 become Float32; integers are refused")
    func types() throws {
        let header =
            #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"#
            + #""b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},"#
            + #""c":{"dtype":"F64","shape":[1],"data_offsets":[4,12]}}"#
        let data: [UInt8] = [0x00, 0x3e, 0xc0, 0x3f] + [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]
        let set = try Safetensors.decode(file(header) + data)
        #expect(set.tensors.map(\.values) == [[1.5], [1.5], [1.5]])
        let integers = #"{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}"#
        #expect(code(file(integers, data: 1)) == "unsupported-type")
    }

    @Test("Hostile and sloppy headers are refused, each for its reason")
    func refusals() throws {
        let entry = #"{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
        let second = #"{"dtype":"F32","shape":[1],"data_offsets":[4,8]}"#
        let cases: [(String, Int, String)] = [
            (#"{"a":\#(entry)}"#, 4, "accepted"),
            (#"{"a":\#(entry)}"#, 3, "layout"),
            (#"{"a":\#(entry)}"#, 8, "layout"),
            (#"{"a":\#(entry),"a":\#(second)}"#, 8, "duplicate-name"),
            (#"{"b":\#(entry),"a":\#(second)}"#, 8, "layout"),
            (#"{"a":\#(entry),"b":\#(entry)}"#, 4, "layout"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "layout"),
            (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "layout"),
            (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "layout"),
            (#"{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}"#, 4, "unsupported-type"),
            (
                #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, 4,
                "malformed-header"
            ),
            (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, "malformed-header"),
            (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "malformed-header"),
            (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4, "malformed-header"),
            (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, 4, "malformed-header"),
            (
                #"{"a":{"dtype":"F32","shape":[99999999999,99999999999],"data_offsets":[0,4]}}"#, 4,
                "limit-exceeded"
            ),
            (
                #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#, 4,
                "limit-exceeded"
            ),
            (#"{"a":\#(entry)}x"#, 4, "malformed-header"),
            (#"{"a":\#(entry)"#, 4, "malformed-header"),
            (#"{"\ud800":\#(entry)}"#, 4, "malformed-header"),
            (#"{"__metadata__":{"k":1},"a":\#(entry)}"#, 4, "malformed-header"),
            (#"[]"#, 0, "malformed-header"),
            (#"{}"#, 0, "accepted"),
        ]
        for (json, data, expected) in cases {
            #expect(code(file(json, data: data)) == expected, "\(json)")
        }
    }

    @Test("Lengths and limits are checked before anything is read")
    func limits() throws {
        #expect(code([1, 2, 3]) == "truncated")
        #expect(code([0xff, 0, 0, 0, 0, 0, 0, 0, 0x7b]) == "truncated")
        #expect(code([UInt8](repeating: 0xff, count: 16)) == "limit-exceeded")
        var small = SafetensorsLimits()
        small.maximumTensorCount = 1
        let bytes = try Safetensors.encode(sample)
        #expect(code(bytes, small) == "limit-exceeded")
        small = SafetensorsLimits()
        small.maximumDataBytes = 8
        #expect(code(bytes, small) == "limit-exceeded")
    }

    @Test("Cut anywhere, a file is refused")
    func truncation() throws {
        let bytes = try Safetensors.encode(sample)
        for length in 0..<bytes.count {
            #expect(code(Array(bytes[..<length])) != "accepted")
        }
    }
}
