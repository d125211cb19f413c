import CanonicalJSON
import Federation
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct UpdateValidationTests {
    let folder: TemporaryFolder
    let model: SafetensorsHeader

    init() throws {
        folder = try TemporaryFolder()
        model = try SafetensorsHeader(float32Tensors: [("a", [2, 3]), ("b", [4])])
    }

    func write(_ tensors: [(String, [Int], [Float])]) throws -> URL {
        let file = folder.url.appending(path: "update")
        try Safetensors.write(
            try NamedTensors(tensors.map { ($0.0, Tensor(shape: $0.1, values: $0.2)) }),
            to: file
        )
        return file
    }

    func good(_ value: Float = 0.5) throws -> URL {
        try write([
            ("a", [2, 3], Array(repeating: value, count: 6)),
            ("b", [4], [0, 0, 0, value]),
        ])
    }

    func code(
        _ file: URL,
        claimed: SHA256Digest? = nil,
        examples: Int = 10,
        standing: UpdateStanding = .expected,
        limits: UpdateLimits = UpdateLimits()
    ) throws -> UpdateRejection.Code? {
        let actual = (try? SHA256Digest(ofFile: file)) ?? digest("none")
        let claim = UpdateClaim(
            site: site("a"),
            round: .first,
            sha256: claimed ?? actual,
            examples: examples
        )
        do throws(UpdateRejection) {
            _ = try UpdateValidation(model: model, limits: limits).check(
                file,
                claim: claim,
                standing: standing,
                examplesMax: 100
            )
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `a good update passes and is measured`() throws {
        let file = try good(-0.5)
        let claim = UpdateClaim(
            site: site("a"),
            round: .first,
            sha256: try SHA256Digest(ofFile: file),
            examples: 1
        )
        let measure = try UpdateValidation(
            model: model,
            limits: UpdateLimits(maximumNorm: 2, maximumAbs: 0.5)
        ).check(file, claim: claim, standing: .expected, examplesMax: 1)
        #expect(measure.maximumAbs == 0.5)
        #expect(abs(measure.norm - (7.0 * 0.25).squareRoot()) < 1e-12)
    }

    @Test func `the layout must be that of the global model`() throws {
        let six = [Float](repeating: 0, count: 6)
        let four = [Float](repeating: 0, count: 4)
        #expect(try code(write([("a", [2, 3], six)])) == .tensorMismatch)
        #expect(try code(write([("a", [2, 3], six), ("c", [4], four)])) == .tensorMismatch)
        #expect(try code(write([("a", [3, 2], six), ("b", [4], four)])) == .shapeMismatch)
        #expect(try code(write([("a", [6], six), ("b", [4], four)])) == .shapeMismatch)
        #expect(try code(folder.url.appending(path: "none")) == .unreadable)
        let file = folder.url.appending(path: "garbage")
        try Data(repeating: 0xff, count: 100).write(to: file)
        #expect(try code(file) == .unreadable)
    }

    @Test func `another element type is refused`() throws {
        let header =
            Array(
                #"{"a":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]},"#.utf8
            )
            + Array(#""b":{"dtype":"F32","shape":[4],"data_offsets":[12,28]}}"#.utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let file = folder.url.appending(path: "half")
        try Data(length + header + [UInt8](repeating: 0, count: 28)).write(to: file)
        #expect(try code(file) == .dtypeMismatch)
    }

    @Test(
        arguments: [
            (.settled, .alreadyCounted), (.roundClosed, .roundClosed), (.wrongRound, .wrongRound),
            (.unknownSite, .unknownSite),
            (.counted(SHA256Digest(hashing: [0 as UInt8])), .alreadyCounted),
        ] as [(UpdateStanding, UpdateRejection.Code)]
    )
    func `a site that is not expected is refused`(
        standing: UpdateStanding,
        expected: UpdateRejection.Code
    ) throws {
        #expect(try code(good(), standing: standing) == expected)
    }

    @Test func `the same bytes as were counted pass again`() throws {
        let file = try good()
        #expect(try code(file, standing: .counted(try SHA256Digest(ofFile: file))) == nil)
    }

    @Test(arguments: [0, -1, 101, Int.max, Int.min])
    func `a weight outside its range is refused`(examples: Int) throws {
        #expect(try code(good(), examples: examples) == .weightOutOfRange)
    }

    @Test func `norm and largest value are limited`() throws {
        #expect(try code(good(), limits: UpdateLimits(maximumNorm: 1)) == .normAboveLimit)
        #expect(try code(good(), limits: UpdateLimits(maximumAbs: 0.4)) == .valueAboveLimit)
        #expect(try code(good(3e38), limits: UpdateLimits(maximumNorm: 1e6)) == .normAboveLimit)
    }

    @Test func `the first reason of the gate's order is the answer`() throws {
        let tight = UpdateLimits(maximumNorm: 1e-9, maximumAbs: 1e-9)
        let wrong = digest("other")
        let bad = try good(.nan)
        #expect(
            try code(bad, claimed: wrong, examples: 0, standing: .unknownSite, limits: tight)
                == .digestMismatch
        )
        #expect(
            try code(bad, examples: 0, standing: .unknownSite, limits: tight) == .unknownSite
        )
        #expect(try code(bad, examples: 0, limits: tight) == .nonFinite)
        let finite = try good()
        #expect(try code(finite, examples: 0, limits: tight) == .weightOutOfRange)
        #expect(try code(finite, limits: tight) == .normAboveLimit)
    }

    @Test func `a non-finite value is found wherever it lies`() throws {
        let count = FedAvg.blockElements + 10
        let large = try SafetensorsHeader(float32Tensors: [("w", [count])])
        for (position, value) in [
            (0, Float.nan), (FedAvg.blockElements - 1, .infinity),
            (FedAvg.blockElements, -.infinity), (count - 1, .signalingNaN),
        ] {
            var values = [Float](repeating: 1, count: count)
            values[position] = value
            let file = try write([("w", [count], values)])
            let claim = UpdateClaim(
                site: site("a"),
                round: .first,
                sha256: try SHA256Digest(ofFile: file),
                examples: 1
            )
            let error = #expect(throws: UpdateRejection.self) {
                try UpdateValidation(model: large, limits: UpdateLimits()).check(
                    file,
                    claim: claim,
                    standing: .expected,
                    examplesMax: 1
                )
            }
            #expect(error?.code == .nonFinite)
        }
    }

    @Test(.enabled(if: SharedData.exists, "needs ../shared"))
    func `hostile updates of the golden file are turned back before any arithmetic`() throws {
        var rejected = 0
        for test in try AggregationVectors("hostile_updates").cases {
            guard let bad = test["bad_update"], let good = test["good_updates"]?[0] else {
                continue
            }
            let values = AggregationVectors.vector(bad).map { Float($0) }
            let count = AggregationVectors.vector(good).count
            let header = try SafetensorsHeader(float32Tensors: [("w", [count])])
            let file = try write([("w", [values.count], values)])
            let claim = UpdateClaim(
                site: site("a"),
                round: .first,
                sha256: try SHA256Digest(ofFile: file),
                examples: 1
            )
            let must = test["must_reject_before_aggregation"]?.boolValue == true
            let passes =
                (try? UpdateValidation(model: header, limits: UpdateLimits()).check(
                    file,
                    claim: claim,
                    standing: .expected,
                    examplesMax: 1
                )) != nil
            #expect(passes != must, "\(test["attack"]?.stringValue ?? "")")
            if must { rejected += 1 }
        }
        #expect(rejected >= 6)
    }
}
