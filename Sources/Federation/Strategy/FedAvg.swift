package import Foundation
import Tensors

/// Federated averaging: the global model plus the weighted mean of the sites' deltas.
///
/// McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data",
/// AISTATS 2017, Algorithm 1 (with deltas, the same as averaging the local models). The new
/// parameter is `Float32(Float64(global) + Σ wᵢ δᵢ / Σ wᵢ)`, rounded once.
package struct FedAvg: AggregationStrategy {
    /// Elements in a block: 256 KiB of Float32 read and 512 KiB of Float64 sums, which stay in the
    /// cache of a core, whatever the model.
    package static let blockElements = 1 << 16

    private let blockElements: Int

    /// The strategy; another block size changes memory, never a bit of the result.
    package init(blockElements: Int = FedAvg.blockElements) {
        precondition(blockElements > 0, "a block holds at least one element")
        self.blockElements = blockElements
    }

    /// Writes the next global model, with the old one's names, shapes and metadata.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL
    ) throws(FederationError) -> AggregationReport {
        let totalWeight = try Self.checkWeights(of: updates)
        do throws(TensorError) {
            let global = try SafetensorsFile(globalModel)
            let counted = updates.filter { $0.weight > 0 }
            let deltas = try Self.open(counted, as: global.header.entries)
            let sink = try ModelSink(header: global.header, to: result)
            let squares: Double
            do throws(TensorError) {
                squares = try combine(deltas, with: global, into: sink)
                guard squares.isFinite else { throw .init(.layout, Self.notFinite) }
            } catch {
                sink.abandon()
                throw error
            }
            return AggregationReport(
                model: try sink.finish(),
                bytes: global.header.encoded.count + global.header.dataBytes,
                totalWeight: totalWeight,
                stepNorm: squares.squareRoot()
            )
        } catch {
            throw Self.federationError(error)
        }
    }

    private func combine(
        _ deltas: [(file: UpdateFile, weight: Double)],
        with global: SafetensorsFile,
        into sink: ModelSink
    ) throws(TensorError) -> Double {
        var mean = WeightedMean(count: 0)
        // The sink still holds the blocks before this one: one more in turn, and none is copied.
        var blocks = [[Float]](repeating: [], count: ModelSink.blocksMax + 1)
        var turn = 0
        var squares = 0.0
        for (position, entry) in global.header.entries.enumerated() {
            for start in stride(from: 0, to: entry.elementCount, by: blockElements) {
                let elements = start..<min(start + blockElements, entry.elementCount)
                turn = (turn + 1) % blocks.count
                Self.resize(&blocks[turn], to: elements.count)
                mean.restart(count: elements.count)
                for (file, weight) in deltas {
                    try file.read(position, elements: elements, into: &blocks[turn])
                    mean.add(blocks[turn], weight: weight)
                }
                try global.readFloat32(entry, elements: elements, into: &blocks[turn])
                squares += mean.apply(to: &blocks[turn])
                try sink.append(blocks[turn])
            }
        }
        return squares
    }

    private static let notFinite = "the mean of the updates is not finite"

    private static func resize(_ block: inout [Float], to count: Int) {
        if block.count > count { block.removeLast(block.count - count) }
        if block.count < count {
            block.append(contentsOf: repeatElement(0, count: count - block.count))
        }
    }

    private static func checkWeights(of updates: [WeightedUpdate]) throws(FederationError) -> Double
    {
        precondition(
            zip(updates, updates.dropFirst()).allSatisfy { $0.site < $1.site },
            "updates must ascend by site id, one a site"
        )
        var total = 0.0
        for update in updates {
            guard update.weight.isFinite, update.weight >= 0 else {
                throw FederationError(
                    .invalidWeight,
                    "the weight of \(update.site) is negative or not finite"
                )
            }
            total += update.weight
        }
        guard total > 0, total.isFinite else {
            throw FederationError(.noUpdates, "no update has a weight above 0")
        }
        return total
    }

    private static func open(
        _ updates: [WeightedUpdate],
        as layout: [SafetensorsHeader.Entry]
    ) throws(TensorError) -> [(file: UpdateFile, weight: Double)] {
        var files: [(UpdateFile, Double)] = []
        for update in updates {
            do throws(FederationError) {
                files.append((try update.open(as: layout), update.weight))
            } catch {
                let code: TensorError.Code = error.code == .fileAccess ? .fileAccess : .layout
                throw TensorError(code, error.message)
            }
        }
        return files
    }

    private static func federationError(_ error: TensorError) -> FederationError {
        switch error.code {
        case .layout where error.message == notFinite: .init(.nonFiniteResult, error.message)
        case .fileAccess, .truncated: .init(.fileAccess, error.message)
        default: .init(.layoutMismatch, error.message)
        }
    }
}
