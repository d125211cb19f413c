import DICOM

/// Lets through the private elements that are safe by creator and whose value proves to be what
/// the safe list says: a number or a short code.
struct SafePrivateFilter: Sendable {
    let cleaner: TextCleaner

    /// The safe elements of one data set with their creators, blocks numbered anew from 10.
    ///
    /// Blocks follow the creators in ascending order, so that the same content gets the same
    /// numbers whatever the input's were. Of two blocks with one creator the first wins.
    func elements(of dataSet: DataSet) -> [DataElement] {
        var blocks: [UInt16: [String: [UInt8: DataElement]]] = [:]
        for element in dataSet where element.tag.isPrivate && !element.tag.isPrivateCreator {
            guard let creator = dataSet.privateCreator(for: element.tag),
                let vr = SafePrivateTable.vr(
                    group: element.tag.group,
                    element: UInt8(truncatingIfNeeded: element.tag.element),
                    creator: creator
                ),
                let copy = safeCopy(of: element, listed: vr)
            else { continue }
            let low = UInt8(truncatingIfNeeded: element.tag.element)
            if blocks[element.tag.group]?[creator]?[low] == nil {
                blocks[element.tag.group, default: [:]][creator, default: [:]][low] = copy
            }
        }
        return blocks.sorted { $0.key < $1.key }.flatMap { renumbered(group: $0.key, $0.value) }
    }

    private func renumbered(
        group: UInt16,
        _ creators: [String: [UInt8: DataElement]]
    ) -> [DataElement] {
        var output: [DataElement] = []
        var block: UInt16 = 0x10
        for (creator, elements) in creators.sorted(by: { $0.key < $1.key }) {
            output.append(DataElement(Tag(group, block), .lo, text: creator))
            for (low, element) in elements.sorted(by: { $0.key < $1.key }) {
                let tag = Tag(group, block << 8 | UInt16(low))
                output.append(DataElement(tag: tag, vr: element.vr, value: element.value))
            }
            block += 1
        }
        return output
    }

    /// The element, if its value has the form of the representation that the list gives; nil else.
    ///
    /// Systems that do not know a private element store it as unknown or as another kind of text or
    /// number: what counts is that the value reads as what the list says.
    private func safeCopy(of element: DataElement, listed: VR) -> DataElement? {
        guard let bytes = element.bytes, !bytes.isEmpty, bytes.count <= 64 else { return nil }
        let vr = element.vr == .un ? listed : element.vr
        if !vr.isText {
            guard Self.numbers.contains(vr), Self.numbers.contains(listed),
                NumericValue.binaryCount(element, vr: vr) != nil
            else { return nil }
            return DataElement(tag: element.tag, vr: vr, value: .bytes(bytes))
        }
        let cut = bytes.prefix { $0 != 0 }
        guard listed.isText, cut.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let values = String(decoding: cut, as: UTF8.self).split(
            separator: "\\",
            omittingEmptySubsequences: false
        ).map { String($0).trimmingSpaces() }
        guard !values.isEmpty, values.allSatisfy({ isSafe($0, vr: listed) }) else { return nil }
        return DataElement(element.tag, listed, text: values)
    }

    private static let numbers: Set<VR> = [.ds, .is, .us, .ss, .ul, .sl, .fl, .fd]

    private func isSafe(_ value: String, vr: VR) -> Bool {
        switch vr {
        case .ds, .is:
            NumericValue.isValid(value, vr: vr) && !cleaner.tokens.isRecordNumber(value)
        case .cs: DefinedTerms.isPrivateTerm(value)
        default:
            isRatio(value) || DefinedTerms.isPrivateTerm(value)
                || cleaner.clean(value, .description) == value
        }
    }

    /// Whether the value is a number or a ratio such as `0.562:1`, of at most five digits.
    private func isRatio(_ value: String) -> Bool {
        let digits = value.filter { $0.isASCII && $0.isNumber }
        return !value.isEmpty && value.utf8.allSatisfy { "0123456789.:/".utf8.contains($0) }
            && digits.count <= 5 && !cleaner.tokens.forbiddenNumbers.contains(String(digits))
    }
}
