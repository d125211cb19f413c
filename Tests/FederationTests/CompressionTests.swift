import Federation
import Foundation
import Tensors
import Testing

@Suite struct CompressionTests {
    private static let rules: [CompressionRules?] = [
        nil, CompressionRules(.float16), CompressionRules(.bfloat16), CompressionRules(.int8),
        CompressionRules(.topK, fraction: 0.25), CompressionRules(.topK, fraction: 0.01),
    ]

    private static func random(_ seed: UInt64, count: Int = 3000) throws -> NamedTensors {
        var generator = SeededGenerator(seed: seed, streamLabels: ["compression"])
        func tensor(_ shape: [Int]) -> Tensor {
            let count = Tensor.elementCount(of: shape)
            return Tensor(
                shape: shape,
                values: (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            )
        }
        return try NamedTensors([
            ("a", tensor([count / 10, 10])), ("b", tensor([7])), ("c", tensor([1])),
        ])
    }

    @Test(arguments: rules)
    func `what is sent and what is left out are together what was there`(rules: CompressionRules?)
        throws
    {
        let folder = try TemporaryFolder()
        let delta = try Self.random(1)
        let header = try SafetensorsHeader(
            float32Tensors: zip(delta.names, delta.tensors).map { ($0, $1.shape) }
        )
        let update = try UpdateEncoder(rules).encode(delta)
        let again = try UpdateEncoder(rules).encode(delta)
        #expect(update.bytes == again.bytes && update.residual == again.residual)
        let file = folder.url.appending(path: "update")
        try Data(update.bytes).write(to: file)
        let read = try UpdateFile(file, rules: rules, layout: header.entries)
        for (position, entry) in header.entries.enumerated() {
            var sent = [Float](repeating: .nan, count: entry.elementCount)
            try read.read(position, elements: 0..<entry.elementCount, into: &sent)
            let whole = delta.tensors[position].values
            guard let rest = update.residual?.tensors[position].values else {
                #expect(zip(whole, sent).allSatisfy { abs($0 - $1) <= abs($0) / 256 })
                continue
            }
            #expect(zip(whole, zip(sent, rest)).allSatisfy { $0 - $1.0 == $1.1 })
        }
    }

    @Test(arguments: [CompressionRules(.int8), CompressionRules(.topK, fraction: 0.02)])
    func `error feedback sends in the end all of what a site has to say`(rules: CompressionRules)
        throws
    {
        let delta = try Self.random(2)
        var sum = delta.zeros()
        var residual: NamedTensors?
        let rounds = 200
        for _ in 0..<rounds {
            let corrected = residual.map { delta + $0 } ?? delta
            let update = try UpdateEncoder(rules).encode(delta, residual: residual)
            sum = sum + (corrected - (update.residual ?? delta.zeros()))
            residual = update.residual
        }
        let mean = sum.scaled(by: 1 / Double(rounds))
        // Without memory the small weights would never be sent: an error of their whole size.
        #expect((mean - delta).l2Norm < 0.2 * delta.l2Norm)
        let forgetful = try UpdateEncoder(rules).encode(delta)
        if rules.encoding == .topK {
            #expect((forgetful.residual ?? delta).l2Norm > 0.9 * delta.l2Norm)
        }
    }

    @Test(arguments: rules)
    func `the mean of compressed updates is that of what they say, whatever the block`(
        rules: CompressionRules?
    ) throws {
        let folder = try TemporaryFolder()
        let global = try Self.random(3)
        let model = folder.url.appending(path: "model")
        try Safetensors.write(global, to: model)
        let header = try SafetensorsFile(model).header
        var updates: [WeightedUpdate] = []
        var plain: [WeightedUpdate] = []
        for (number, name) in ["a", "b", "c"].enumerated() {
            let file = folder.url.appending(path: name)
            let bytes = try UpdateEncoder(rules).encode(try Self.random(UInt64(number) + 4)).bytes
            try Data(bytes).write(to: file)
            let update = try UpdateFile(file, rules: rules, layout: header.entries)
            var tensors: [(String, Tensor)] = []
            for (position, entry) in header.entries.enumerated() {
                var values = [Float](repeating: 0, count: entry.elementCount)
                try update.read(position, elements: 0..<entry.elementCount, into: &values)
                tensors.append((entry.name, Tensor(shape: entry.shape, values: values)))
            }
            let whole = folder.url.appending(path: name + ".plain")
            try Safetensors.write(try NamedTensors(tensors), to: whole)
            let weight = Double(number + 1)
            updates.append(
                WeightedUpdate(site: site(name), file: file, weight: weight, compression: rules)
            )
            plain.append(WeightedUpdate(site: site(name), file: whole, weight: weight))
        }
        let out = folder.url.appending(path: "next")
        let expected = try FedAvg().aggregate(plain, onto: model, writing: out).model
        for size in [1, 7, 1024, FedAvg.blockElements] {
            let found = try FedAvg(blockElements: size).aggregate(
                updates,
                onto: model,
                writing: out
            )
            #expect(found.model == expected)
        }
    }

    // MARK: What is refused

    private static let layout = [(name: "a", shape: [2, 4])]

    private func code(
        _ rules: CompressionRules?,
        _ tensors: [(name: String, type: ElementType, shape: [Int])],
        _ data: [UInt8],
        metadata: [String: String] = [:]
    ) throws -> UpdateRejection.Code? {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "update")
        let header = try SafetensorsHeader(tensors: tensors, metadata: metadata)
        try Data(header.encoded + data).write(to: file)
        let claim = UpdateClaim(
            site: site("a"),
            round: .first,
            sha256: try SHA256Digest(ofFile: file),
            examples: 1
        )
        let model = try SafetensorsHeader(float32Tensors: Self.layout)
        do throws(UpdateRejection) {
            _ = try UpdateValidation(
                model: model,
                limits: UpdateLimits(),
                compression: rules
            ).check(file, claim: claim, standing: .expected, examplesMax: 1)
            return nil
        } catch {
            return error.code
        }
    }

    private func rows(_ rows: [(UInt32, Float)]) -> [UInt8] {
        rows.flatMap { index, value in
            (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) }
                + (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
    }

    @Test(
        arguments: [
            ([(1, 1), (7, 2)], nil), ([(1, 1), (8, 2)], .encodingInvalid),
            ([(1, 1), (.max, 2)], .encodingInvalid), ([(1, 1), (1, 2)], .encodingInvalid),
            ([(3, 1), (1, 2)], .encodingInvalid), ([(1, .nan), (7, 2)], .nonFinite),
            ([(1, 1), (7, .infinity)], .nonFinite), ([(1, 1)], .shapeMismatch),
            ([(1, 1), (2, 1), (3, 1)], .shapeMismatch),
        ] as [([(UInt32, Float)], UpdateRejection.Code?)]
    )
    func `indices out of range, twice, out of order, and wrong counts are refused`(
        kept: [(UInt32, Float)],
        expected: UpdateRejection.Code?
    ) throws {
        let rules = CompressionRules(.topK, fraction: 0.25)
        let tensors = [(name: "a", type: ElementType.uint8, shape: [kept.count, 8])]
        #expect(try code(rules, tensors, rows(kept)) == expected)
    }

    @Test(
        arguments: [
            (["scale.a": "3f800000"], 1, nil), (["scale.a": "3f800000"], 0x80, .encodingInvalid),
            ([:], 1, .encodingInvalid), (["scale.a": "3F800000"], 1, .encodingInvalid),
            (["scale.a": "1"], 1, .encodingInvalid), (["scale.a": "7f800000"], 1, .nonFinite),
            (["scale.a": "7fc00000"], 1, .nonFinite), (["scale.a": "bf800000"], 1, .nonFinite),
            (["scale.a": "7f000000"], 1, .nonFinite), (["scale.a": "80000000"], 1, .nonFinite),
            (["scale.a": "3f800000", "scale.b": "3f800000"], 1, .encodingInvalid),
        ] as [([String: String], UInt8, UpdateRejection.Code?)]
    )
    func `scales that are missing, not finite or not numbers, and the byte -128 are refused`(
        metadata: [String: String],
        byte: UInt8,
        expected: UpdateRejection.Code?
    ) throws {
        let tensors = [(name: "a", type: ElementType.int8, shape: [2, 4])]
        let data = [UInt8](repeating: byte, count: 8)
        #expect(try code(CompressionRules(.int8), tensors, data, metadata: metadata) == expected)
    }

    @Test func `a form that the plan does not name is refused`() throws {
        let half = [(name: "a", type: ElementType.float16, shape: [2, 4])]
        let zeros = [UInt8](repeating: 0, count: 16)
        #expect(try code(CompressionRules(.float16), half, zeros) == nil)
        #expect(try code(nil, half, zeros) == .dtypeMismatch)
        #expect(try code(CompressionRules(.bfloat16), half, zeros) == .dtypeMismatch)
        #expect(try code(CompressionRules(.int8), half, zeros) == .dtypeMismatch)
        let infinite: [UInt8] = [0, 0x7c] + [UInt8](repeating: 0, count: 14)
        #expect(try code(CompressionRules(.float16), half, infinite) == .nonFinite)
    }

    // MARK: The plan

    @Test func `a plan names the form, and a person reads what it means`() throws {
        let plan = try Plan.parse(
            yaml: TestPlan.yaml + "\nupdateCompression: {encoding: topK, fraction: 0.01}\n"
        )
        #expect(plan.updateCompression == CompressionRules(.topK, fraction: 0.01))
        #expect(try Plan.parse(json: plan.canonicalBytes) == plan)
        #expect(
            PlanSummary(plan).text.contains("only the largest 1.0 % of the weights of each layer")
        )
        let without = try Plan.parse(yaml: TestPlan.yaml)
        #expect(!String(decoding: without.canonicalBytes, as: UTF8.self).contains("Compression"))
    }

    @Test(arguments: [
        ("{encoding: zip}", "updateCompression.encoding: must be one of: float16"),
        ("{encoding: topK}", "updateCompression.fraction: is missing"),
        ("{encoding: topK, fraction: 0.6}", "updateCompression.fraction: must be above 0.0"),
        ("{encoding: int8, fraction: 0.1}", "updateCompression.fraction: is not a known key"),
    ])
    func `a form that is wrong is told with its key`(text: String, words: String) {
        let error = #expect(throws: PlanError.self) {
            try Plan.parse(yaml: TestPlan.yaml + "\nupdateCompression: \(text)\n")
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("median", "a median of them is 0"),
        ("trimmedMean, trimEachSide: 1", "a median of them is 0"),
        ("geometricMedian", "a median of them is 0"), ("krum, byzantineSites: 1", "which weights"),
        ("multiKrum, byzantineSites: 1", "which weights"),
        ("bulyan, byzantineSites: 1", "which weights"),
        ("normClippedMean, clipNorm: 1", "what is clipped off is lost"),
        ("fedadam", "second moment"), ("fedyogi", "second moment"), ("fedadagrad", "second moment"),
    ])
    func `topK is refused beside the rules that it breaks, with the reason`(
        rule: String,
        reason: String
    ) throws {
        func plan(_ form: String) throws -> Plan {
            let text = TestPlan.yaml.replacing(/aggregation:(\n .*)+/, with: "")
                .replacing(/sites: 3/, with: "sites: 7")
            return try Plan.parse(
                yaml: text + "\naggregation: {strategy: \(rule)}\nupdateCompression: \(form)\n"
            )
        }
        _ = try plan("{encoding: int8}")
        let error = #expect(throws: PlanError.self) { try plan("{encoding: topK, fraction: 0.1}") }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
}
