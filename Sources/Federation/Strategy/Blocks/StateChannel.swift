import Foundation
import Tensors

/// One quantity that a rule remembers for every parameter, read and written beside the model.
struct StateChannel {
    private let old: SafetensorsFile?
    private let initial: Float
    private let writer: SafetensorsWriter?
    private var entry = 0
    private var offset = 0
    private var buffer: [Float] = []

    /// The key under which a file names the round it was written after.
    private static let key = "after"

    /// Opens the channel; throws `stateMismatch` if the old file is of another run or round.
    init(
        _ name: String,
        of state: StrategyState?,
        layout: [SafetensorsHeader.Entry],
        initial: Float
    ) throws(FederationError) {
        self.initial = initial
        do throws(TensorError) {
            if let state {
                writer = try SafetensorsWriter(
                    header: try SafetensorsHeader(
                        float32Tensors: layout.map { ($0.name, $0.shape) },
                        metadata: [Self.key: state.label]
                    ),
                    to: state.next(name)
                )
            } else {
                writer = nil
            }
            old = try state?.previous.map { url throws(TensorError) in
                try SafetensorsFile(url.appendingPathExtension(name))
            }
        } catch {
            throw FederationError(error)
        }
        guard let old, let state else { return }
        guard old.header.metadata[Self.key] == state.previousLabel,
            PrivateTensors.haveSameLayout(old.header.entries, layout)
        else {
            throw FederationError(
                .stateMismatch,
                "the \(name) beside the model is not of the round before; restore it from the "
                    + "backup that the database came from"
            )
        }
    }

    /// The next values in the order of the model's file.
    mutating func read(count: Int) throws(FederationError) -> [Double] {
        guard let old else { return [Double](repeating: Double(initial), count: count) }
        while old.header.entries[entry].elementCount == offset {
            entry += 1
            offset = 0
        }
        let values: [Float]
        do throws(TensorError) {
            values = try old.readFloat32(
                old.header.entries[entry],
                elements: offset..<offset + count
            )
        } catch {
            throw FederationError(error)
        }
        offset += count
        return values.map(Double.init)
    }

    /// Writes the values that take the place of those read last.
    mutating func write(_ values: [Double]) throws(FederationError) {
        guard let writer else { return }
        buffer.removeAll(keepingCapacity: true)
        for value in values { buffer.append(Float(value)) }
        do throws(TensorError) {
            try writer.append(buffer)
        } catch {
            throw FederationError(error)
        }
    }

    /// Makes the file durable.
    func finish() throws(FederationError) {
        do throws(TensorError) {
            try writer?.finish()
        } catch {
            throw FederationError(error)
        }
    }
}
