import Crypto
import Foundation
import Tensors

/// The file of the next global model while it is written, hashed and measured block by block.
struct ModelOutput {
    private let writer: SafetensorsWriter
    private let bytes: Int
    private var hash = SHA256()
    private var squares = 0.0

    /// Begins a file; without `finish` nothing stays behind.
    init(header: SafetensorsHeader, to url: URL) throws(FederationError) {
        do throws(TensorError) {
            writer = try SafetensorsWriter(header: header, to: url)
        } catch {
            throw FederationError(error)
        }
        let encoded = header.encoded
        bytes = encoded.count + header.dataBytes
        hash.update(data: encoded)
    }

    /// Appends `model + step`, rounded once to Float32; `model` holds the result afterwards.
    mutating func append(
        _ model: inout [Float],
        adding step: [Double]
    ) throws(FederationError) {
        precondition(model.count == step.count, "model and step differ in length")
        for index in model.indices {
            squares += step[index] * step[index]
            model[index] = Float(Double(model[index]) + step[index])
        }
        unsafe model.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        do throws(TensorError) {
            try writer.append(model)
        } catch {
            throw FederationError(error)
        }
    }

    /// Makes the file durable under its name; throws `nonFiniteResult` if a step was not finite.
    func finish(
        weights: [Double],
        sites: [SiteAggregation]
    ) throws(FederationError) -> AggregationReport {
        guard squares.isFinite else {
            throw FederationError(.nonFiniteResult, "the combined update is not finite")
        }
        do throws(TensorError) {
            try writer.finish()
        } catch {
            throw FederationError(error)
        }
        return AggregationReport(
            model: SHA256Digest(finalized: hash.finalize()),
            bytes: bytes,
            totalWeight: weights.reduce(0, +),
            stepNorm: squares.squareRoot(),
            sites: sites
        )
    }
}
