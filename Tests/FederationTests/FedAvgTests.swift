import CanonicalJSON
import Federation
import Foundation
import Tensors
import Testing

@Suite struct FedAvgTests {
    @Test func `the mean equals the golden vectors`() throws {
        let vectors = try AggregationVectors("fedavg_weighted")
        #expect(vectors.cases.count >= 7)
        for test in vectors.cases {
            let updates = AggregationVectors.matrix(test["updates"])
            let weights = AggregationVectors.vector(test["weights"])
            let expected = AggregationVectors.vector(test["expected"])
            try check(updates, weights, expected)
            guard weights.allSatisfy({ $0 > 0 }), test["expected_uniform"] != nil else { continue }
            let uniform = AggregationVectors.vector(test["expected_uniform"])
            try check(updates, updates.map { _ in 1 }, uniform)
        }
    }

    private func check(_ updates: [[Double]], _ weights: [Double], _ expected: [Double]) throws {
        var mean = WeightedMean(count: expected.count)
        for (update, weight) in zip(updates, weights) { mean.add(update, weight: weight) }
        let result = try #require(mean.mean)
        for (value, truth) in zip(result, expected) {
            #expect(abs(value - truth) <= max(1e-12, 1e-10 * abs(truth)))
        }
    }

    @Test func `files give the golden mean rounded to Float32`() throws {
        for test in try AggregationVectors("fedavg_weighted").cases {
            let folder = try TemporaryFolder()
            let updates = AggregationVectors.matrix(test["updates"])
            let weights = AggregationVectors.vector(test["weights"])
            let global = try folder.write("global", [("w", updates[0].map { _ in 0 })])
            let files = try updates.enumerated().map { index, values in
                WeightedUpdate(
                    site: site("s\(String(format: "%02d", index))"),
                    file: try folder.write("\(index)", [("w", values.map(Float.init))]),
                    weight: weights[index]
                )
            }
            let result = folder.url.appending(path: "result")
            _ = try FedAvg().aggregate(files, onto: global, writing: result)
            let mean = try #require(try Safetensors.read(from: result)["w"]).values
            // Reference from the same Float32 inputs, in Float64, another order of operations.
            let total = weights.reduce(0, +)
            for index in mean.indices {
                let terms = updates.indices.map {
                    Double(Float(updates[$0][index])) * (weights[$0] / total)
                }
                let truth = terms.reduce(0, +)
                let scale = terms.map(abs).max() ?? 0
                #expect(abs(Double(mean[index]) - truth) <= 6.0e-8 * abs(truth) + 1e-15 * scale)
            }
        }
    }

    private func federation(
        _ folder: TemporaryFolder,
        sizes: [(String, Int)],
        sites: Int
    ) throws -> (global: URL, updates: [WeightedUpdate]) {
        var generator = SeededGenerator(seed: 11)
        func tensors() -> [(String, [Float])] {
            sizes.map { name, count in
                (name, (0..<count).map { _ in Float(generator.nextGaussian()) })
            }
        }
        let global = try folder.write("global", tensors())
        let updates = try (0..<sites).map { index in
            WeightedUpdate(
                site: site("site-\(index)"),
                file: try folder.write("u\(index)", tensors()),
                weight: Double(17 * index + 3)
            )
        }
        return (global, updates)
    }

    @Test func `the block size changes no bit, and the report names the file`() throws {
        let folder = try TemporaryFolder()
        let (global, updates) = try federation(
            folder,
            sizes: [("a.weight", 1000), ("b", 1), ("c", 0), ("d", 257)],
            sites: 4
        )
        let digests = try [1, 7, 256, 1 << 18].map { block in
            let result = folder.url.appending(path: "result-\(block)")
            let report = try FedAvg(blockElements: block)
                .aggregate(updates, onto: global, writing: result)
            #expect(try SHA256Digest(ofFile: result) == report.model)
            #expect(try Data(contentsOf: result).count == report.bytes)
            #expect(report.totalWeight == 3 + 20 + 37 + 54)
            return report.model
        }
        #expect(Set(digests).count == 1)
    }

    @Test func `the result has the global model's names, shapes and metadata`() throws {
        let folder = try TemporaryFolder()
        let (global, updates) = try federation(folder, sizes: [("a", 6), ("b", 3)], sites: 2)
        let result = folder.url.appending(path: "result")
        _ = try FedAvg().aggregate(updates, onto: global, writing: result)
        #expect(try SafetensorsFile(result).header == SafetensorsFile(global).header)
        let old = try Safetensors.read(from: global)
        let new = try Safetensors.read(from: result)
        let step = (new - old).l2Norm
        #expect(step > 0)
        let report = try FedAvg().aggregate(updates, onto: global, writing: result)
        #expect(abs(report.stepNorm - step) < 1e-5)
    }

    @Test func `a site of weight zero does not matter, even if its values are not finite`() throws {
        let folder = try TemporaryFolder()
        let global = try folder.write("global", [("w", [1, 2])])
        let good = try folder.write("good", [("w", [0.5, -0.5])])
        let bad = try folder.write("bad", [("w", [.nan, .infinity])])
        let result = folder.url.appending(path: "result")
        let report = try FedAvg().aggregate(
            [
                WeightedUpdate(site: site("a"), file: good, weight: 7),
                WeightedUpdate(site: site("b"), file: bad, weight: 0),
            ],
            onto: global,
            writing: result
        )
        #expect(try Safetensors.read(from: result)["w"]?.values == [1.5, 1.5])
        #expect(report.totalWeight == 7)
    }

    @Test func `what cannot be combined leaves no file behind`() throws {
        let folder = try TemporaryFolder()
        let global = try folder.write("global", [("w", [1, 2])])
        let other = try folder.write("other", [("v", [1, 2])])
        let huge = try folder.write("huge", [("w", [.infinity, 0])])
        let result = folder.url.appending(path: "result")
        func code(_ file: URL, weight: Double) -> FederationError.Code? {
            do throws(FederationError) {
                _ = try FedAvg().aggregate(
                    [WeightedUpdate(site: site("a"), file: file, weight: weight)],
                    onto: global,
                    writing: result
                )
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(other, weight: 1) == .layoutMismatch)
        #expect(code(huge, weight: 1) == .nonFiniteResult)
        #expect(code(folder.url.appending(path: "none"), weight: 1) == .fileAccess)
        #expect(code(other, weight: 0) == .noUpdates)
        #expect(code(other, weight: -1) == .invalidWeight)
        #expect(code(other, weight: .nan) == .invalidWeight)
        #expect(try folder.names == ["global", "huge", "other"])
    }
}
