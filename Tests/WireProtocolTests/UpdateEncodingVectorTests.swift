import CanonicalJSON
import Federation
import Foundation
import Tensors
import TestSupport
import Testing

/// The forms of Protocol.md section 5.6.1 against files that were made without this code.
@Suite struct UpdateEncodingVectorTests {
    struct Vectors: Decodable {
        struct Round: Decodable {
            let delta: [String: [String]]
            let file: String
            let decoded: [String: [String]]
            let residual: [String: [String]]?
        }

        struct Case: Decodable {
            let encoding: CompressionRules.Encoding
            let fraction: Double?
            let rounds: [Round]
        }

        let shapes: [String: [Int]]
        let cases: [Case]
    }

    private static func vectors() throws -> Vectors {
        let file = SharedData.repository.appending(
            path: "Tests/WireProtocolTests/Vectors/update-encodings.json"
        )
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
    }

    private static func tensors(
        _ bits: [String: [String]],
        _ shapes: [String: [Int]]
    ) throws -> NamedTensors {
        try NamedTensors(
            bits.sorted { $0.key < $1.key }.map { name, bits in
                let values = try bits.map {
                    Float(bitPattern: try #require(UInt32($0, radix: 16)))
                }
                return (name, Tensor(shape: try #require(shapes[name]), values: values))
            }
        )
    }

    private static func bits(_ tensors: NamedTensors) -> [String: [String]] {
        var bits: [String: [String]] = [:]
        for (name, tensor) in zip(tensors.names, tensors.tensors) {
            bits[name] = tensor.values.map { value in
                let digits = String(value.bitPattern, radix: 16)
                return String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return bits
    }

    @Test(arguments: 0..<5)
    func `a delta is written, and read, byte for byte as in the vectors`(number: Int) throws {
        let vectors = try Self.vectors()
        let vector = vectors.cases[number]
        let rules = CompressionRules(vector.encoding, fraction: vector.fraction)
        let model = try SafetensorsHeader(
            float32Tensors: vectors.shapes.map { ($0.key, $0.value) }
        )
        var residual: NamedTensors?
        for round in vector.rounds {
            let update = try UpdateEncoder(rules).encode(
                try Self.tensors(round.delta, vectors.shapes),
                residual: residual
            )
            let hex = update.bytes.map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            #expect(hex == round.file)
            #expect(update.residual.map(Self.bits) == round.residual)
            residual = update.residual
            try check(update.bytes, rules, model, round)
        }
    }

    private func check(
        _ bytes: [UInt8],
        _ rules: CompressionRules,
        _ model: SafetensorsHeader,
        _ round: Vectors.Round
    ) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let update = try UpdateFile(file, rules: rules, layout: model.entries)
        try update.checkEncoding()
        for (position, entry) in model.entries.enumerated() {
            let expected = try #require(round.decoded[entry.name]).map { UInt32($0, radix: 16) }
            // In blocks of every size, as strategies read.
            for size in 1...entry.elementCount {
                var found: [UInt32?] = []
                for start in stride(from: 0, to: entry.elementCount, by: size) {
                    let end = min(start + size, entry.elementCount)
                    var block = [Float](repeating: .nan, count: size)
                    try update.read(position, elements: start..<end, into: &block)
                    found += block.prefix(end - start).map(\.bitPattern)
                }
                // A weight that is not sent, or 0 times a scale, is 0 of either sign.
                #expect(
                    found.map { $0 == 0x8000_0000 ? 0 : $0 }
                        == expected.map { $0 == 0x8000_0000 ? 0 : $0 }
                )
            }
        }
    }
}
