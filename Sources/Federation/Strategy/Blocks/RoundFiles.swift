import Crypto
import Foundation
import Tensors

/// The files of a round, opened and checked: the global model and the sites' deltas.
///
/// Read in blocks that hold the same elements of all sites, so small that all of them together
/// stay within a fixed memory whatever the model and the number of sites.
struct RoundFiles {
    /// The global model.
    let global: SafetensorsFile
    /// The sites with a weight above 0, ascending.
    let sites: [SiteID]
    /// Their weights.
    let weights: [Double]
    /// The tensors of an update, in the order of the file.
    let layout: [SafetensorsHeader.Entry]
    /// The elements of a site in one block.
    let blockElements: Int

    private let deltas: [UpdateFile]
    private let shared: [Int?]

    /// Bytes of a block over all sites: Float64 rows, and one row of Float32 as read.
    static let blockBytes = 32 << 20

    /// Opens the files; throws naming the site whose file does not fit the global model.
    init(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        privateTensors: PrivateTensors = .none,
        blockElements: Int? = nil
    ) throws(FederationError) {
        try WeightedUpdate.check(updates)
        let counted = updates.filter { $0.weight > 0 }
        sites = counted.map(\.site)
        weights = counted.map(\.weight)
        do throws(TensorError) {
            global = try SafetensorsFile(globalModel)
        } catch {
            throw FederationError(error)
        }
        shared = privateTensors.sharedPositions(of: global.header)
        layout = privateTensors.sharedEntries(of: global.header)
        var deltas: [UpdateFile] = []
        for update in counted { deltas.append(try update.open(as: layout)) }
        self.deltas = deltas
        let fitting = Self.blockBytes / (8 * max(1, counted.count))
        self.blockElements = blockElements ?? min(FedAvg.blockElements, max(1024, fitting))
    }

    /// Reads all deltas once, block by block, in the order of the file.
    func scan(_ body: (UpdateBlock) -> Void) throws(FederationError) {
        var block = UpdateBlock(rows: sites.count)
        var buffer: [Float] = []
        for (position, entry) in global.header.entries.enumerated() {
            guard let own = shared[position] else { continue }
            for elements in blocks(of: entry) {
                try fill(&block, own, elements, &buffer)
                body(block)
            }
        }
    }

    /// Writes the next model: `step` computes, block by block, what is added to the global model.
    ///
    /// Blocks come in the order of the file; private tensors stay as they are.
    func write(
        to result: URL,
        step: (UpdateBlock, inout [Double]) throws(FederationError) -> Void
    ) throws(FederationError) -> AggregationReport {
        var output = try ModelOutput(header: global.header, to: result)
        do {
            let tally = try append(to: &output, step)
            return try output.finish(weights: weights, sites: tally.lines)
        } catch {
            output.abandon()
            throw error
        }
    }

    private func append(
        to output: inout ModelOutput,
        _ step: (UpdateBlock, inout [Double]) throws(FederationError) -> Void
    ) throws(FederationError) -> SiteTally {
        var block = UpdateBlock(rows: sites.count)
        var buffer: [Float] = []
        var sum: [Double] = []
        var tally = SiteTally(sites: sites, weights: weights)
        for (position, entry) in global.header.entries.enumerated() {
            for elements in blocks(of: entry) {
                sum.removeAll(keepingCapacity: true)
                sum.append(contentsOf: repeatElement(0, count: elements.count))
                if let own = shared[position] {
                    try fill(&block, own, elements, &buffer)
                    try step(block, &sum)
                    tally.add(block, step: sum)
                }
                try read(global, entry, elements, &buffer)
                try output.append(&buffer, adding: sum)
            }
        }
        return tally
    }

    private func blocks(of entry: SafetensorsHeader.Entry) -> [Range<Int>] {
        stride(from: 0, to: entry.elementCount, by: blockElements).map {
            $0..<min($0 + blockElements, entry.elementCount)
        }
    }

    private func fill(
        _ block: inout UpdateBlock,
        _ own: Int,
        _ elements: Range<Int>,
        _ buffer: inout [Float]
    ) throws(FederationError) {
        block.resize(to: elements.count)
        for (row, delta) in deltas.enumerated() {
            Self.resize(&buffer, to: elements.count)
            do throws(TensorError) {
                try delta.read(own, elements: elements, into: &buffer)
            } catch {
                throw FederationError(error)
            }
            block.set(row: row, to: buffer)
        }
    }

    private func read(
        _ file: SafetensorsFile,
        _ entry: SafetensorsHeader.Entry,
        _ elements: Range<Int>,
        _ buffer: inout [Float]
    ) throws(FederationError) {
        Self.resize(&buffer, to: elements.count)
        do throws(TensorError) {
            try file.readFloat32(entry, elements: elements, into: &buffer)
        } catch {
            throw FederationError(error)
        }
    }

    private static func resize(_ buffer: inout [Float], to count: Int) {
        if buffer.count > count { buffer.removeLast(buffer.count - count) }
        if buffer.count < count {
            buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
        }
    }
}
