import Foundation
import Tensors

/// The file of the next global model while it is written, hashed and measured block by block.
struct ModelOutput {
    private let sink: ModelSink
    private let bytes: Int
    private var squares = 0.0

    /// Begins a file; without `finish` nothing stays behind.
    init(header: SafetensorsHeader, to url: URL) throws(FederationError) {
        do throws(TensorError) {
            sink = try ModelSink(header: header, to: url)
        } catch {
            throw FederationError(error)
        }
        bytes = header.encoded.count + header.dataBytes
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
        do throws(TensorError) {
            try sink.append(model)
        } catch {
            throw FederationError(error)
        }
    }

    /// Gives up: when this returns, nothing of the file is left.
    func abandon() { sink.abandon() }

    /// Makes the file durable under its name; throws `nonFiniteResult` if a step was not finite.
    func finish(
        weights: [Double],
        sites: [SiteAggregation]
    ) throws(FederationError) -> AggregationReport {
        guard squares.isFinite else {
            throw FederationError(.nonFiniteResult, "the combined update is not finite")
        }
        let digest: SHA256Digest
        do throws(TensorError) {
            digest = try sink.finish()
        } catch {
            throw FederationError(error)
        }
        return AggregationReport(
            model: digest,
            bytes: bytes,
            totalWeight: weights.reduce(0, +),
            stepNorm: squares.squareRoot(),
            sites: sites
        )
    }
}
