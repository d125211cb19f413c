package import Foundation
package import Tensors

/// A stored update, read as Float32 in blocks whatever form it has (Protocol.md section 5.6.1).
package struct UpdateFile: Sendable {
    private let file: SafetensorsFile
    private let rules: CompressionRules?
    private let layout: [SafetensorsHeader.Entry]
    private let scales: [Float]

    /// Opens an update that was written by the rules of a plan, for the tensors of a model.
    ///
    /// - Throws: an `UpdateRejection` when names, types, shapes or scales are not those.
    package init(
        _ url: URL,
        rules: CompressionRules?,
        layout: [SafetensorsHeader.Entry]
    ) throws(UpdateRejection) {
        do throws(TensorError) {
            file = try SafetensorsFile(url)
        } catch {
            throw UpdateRejection(.unreadable, error.message)
        }
        (self.rules, self.layout) = (rules, layout)
        try Self.checkLayout(file.header, rules, layout)
        scales = rules?.encoding == .int8 ? try Self.scales(in: file.header, layout) : []
    }

    /// Reads elements of a tensor, by its position in the model, into the front of an array.
    ///
    /// - Throws: `truncated`, `fileAccess`; `layout` for indices that do not ascend.
    package func read(
        _ position: Int,
        elements: Range<Int>,
        into values: inout [Float]
    ) throws(TensorError) {
        let entry = file.header.entries[position]
        switch rules?.encoding {
        case nil, .float16, .bfloat16:
            try file.readFloat32(entry, elements: elements, into: &values)
        case .int8:
            let scale = scales[position]
            let bytes = try file.readBytes(entry, elements)
            for (index, byte) in bytes.enumerated() {
                values[index] = Float(Int8(bitPattern: byte)) * scale
            }
        case .topK: try readKept(entry, elements, into: &values)
        }
    }

    /// Looks at everything that is not a number of the model: bytes and indices that are not allowed.
    ///
    /// - Throws: an `UpdateRejection` `encoding-invalid` naming the tensor.
    package func checkEncoding() throws(UpdateRejection) {
        for (entry, expected) in zip(file.header.entries, layout) {
            do throws(TensorError) {
                switch rules?.encoding {
                case .int8: try checkLevels(entry)
                case .topK: try checkIndices(entry, count: expected.elementCount)
                case nil, .float16, .bfloat16: return
                }
            } catch {
                let code: UpdateRejection.Code =
                    error.code == .layout ? .encodingInvalid : .unreadable
                throw UpdateRejection(code, error.message)
            }
        }
    }

    // MARK: Kept weights

    private static let blockRows = 1 << 13

    private func readKept(
        _ entry: SafetensorsHeader.Entry,
        _ elements: Range<Int>,
        into values: inout [Float]
    ) throws(TensorError) {
        for index in 0..<elements.count { values[index] = 0 }
        var row = try firstRow(of: entry, from: elements.lowerBound)
        let rows = entry.shape[0]
        while row < rows {
            let block = row..<min(row + Self.blockRows, rows)
            for (index, value) in try self.rows(block, of: entry) {
                guard index < elements.upperBound else { return }
                guard index >= elements.lowerBound else { throw Self.disorder(entry) }
                values[index - elements.lowerBound] = value
            }
            row = block.upperBound
        }
    }

    /// The first row whose index is not below `element`: indices ascend.
    private func firstRow(
        of entry: SafetensorsHeader.Entry,
        from element: Int
    ) throws(TensorError) -> Int {
        var (low, high) = (0, entry.shape[0])
        while low < high {
            let middle = (low + high) / 2
            let index = try rows(middle..<middle + 1, of: entry)[0].index
            if index < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func rows(
        _ range: Range<Int>,
        of entry: SafetensorsHeader.Entry
    ) throws(TensorError) -> [(index: Int, value: Float)] {
        let size = UpdateForm.rowBytes
        let bytes = try file.readBytes(entry, range.lowerBound * size..<range.upperBound * size)
        func word(_ start: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
        }
        return (0..<range.count).map { row in
            (Int(word(size * row)), Float(bitPattern: word(size * row + 4)))
        }
    }

    private func checkIndices(
        _ entry: SafetensorsHeader.Entry,
        count: Int
    ) throws(TensorError) {
        var last = -1
        for start in stride(from: 0, to: entry.shape[0], by: Self.blockRows) {
            let block = start..<min(start + Self.blockRows, entry.shape[0])
            for (index, _) in try rows(block, of: entry) {
                guard index > last else { throw Self.disorder(entry) }
                guard index < count else {
                    throw TensorError(
                        .layout,
                        "tensor '\(entry.name)' names the weight \(index) of \(count)"
                    )
                }
                last = index
            }
        }
    }

    private static func disorder(_ entry: SafetensorsHeader.Entry) -> TensorError {
        TensorError(.layout, "the indices of tensor '\(entry.name)' do not ascend")
    }

    // MARK: Levels

    private func checkLevels(_ entry: SafetensorsHeader.Entry) throws(TensorError) {
        for start in stride(from: 0, to: entry.elementCount, by: FedAvg.blockElements) {
            let block = start..<min(start + FedAvg.blockElements, entry.elementCount)
            guard try !file.readBytes(entry, block).contains(0x80) else {
                throw TensorError(.layout, "tensor '\(entry.name)' holds the byte -128")
            }
        }
    }

    // MARK: Header

    private static func checkLayout(
        _ header: SafetensorsHeader,
        _ rules: CompressionRules?,
        _ layout: [SafetensorsHeader.Entry]
    ) throws(UpdateRejection) {
        guard header.entries.map(\.name) == layout.map(\.name) else {
            throw UpdateRejection(
                .tensorMismatch,
                "the update has \(header.entries.count) tensors, not the "
                    + "\(layout.count) that the plan shares of the global model, by name"
            )
        }
        for (entry, model) in zip(header.entries, layout) {
            let stored = UpdateForm.stored(model.shape, count: model.elementCount, rules)
            guard entry.elementType == stored.type else {
                throw UpdateRejection(
                    .dtypeMismatch,
                    "tensor '\(entry.name)' is \(entry.elementType.rawValue), not "
                        + stored.type.rawValue
                )
            }
            guard entry.shape == stored.shape else {
                throw UpdateRejection(
                    .shapeMismatch,
                    "tensor '\(entry.name)' has shape \(entry.shape), not \(stored.shape)"
                )
            }
        }
    }

    private static func scales(
        in header: SafetensorsHeader,
        _ layout: [SafetensorsHeader.Entry]
    ) throws(UpdateRejection) -> [Float] {
        var scales: [Float] = []
        for entry in layout {
            let text = header.metadata[UpdateForm.scaleName(of: entry.name)]
            guard let scale = text.flatMap(UpdateForm.scale) else {
                throw UpdateRejection(
                    .encodingInvalid,
                    "tensor '\(entry.name)' has no scale of 8 hexadecimal digits"
                )
            }
            guard scale.isFinite, scale.sign == .plus, (scale * UpdateForm.levels).isFinite else {
                throw UpdateRejection(
                    .nonFinite,
                    "the scale of tensor '\(entry.name)' is \(scale): negative, or not finite"
                )
            }
            scales.append(scale)
        }
        guard header.metadata.count == layout.count else {
            throw UpdateRejection(.encodingInvalid, "the metadata holds more than the scales")
        }
        return scales
    }
}
