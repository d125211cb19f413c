import DICOM

extension DataElement {
    /// An element of ASCII text, padded to even length.
    init(_ tag: Tag, _ vr: VR, text values: [String]) {
        var bytes = Array(values.joined(separator: "\\").utf8)
        if !bytes.count.isMultiple(of: 2) { bytes.append(vr.paddingByte) }
        self.init(tag: tag, vr: vr, value: .bytes(bytes))
    }

    /// An element of one ASCII text, padded to even length.
    init(_ tag: Tag, _ vr: VR, text value: String) {
        self.init(tag, vr, text: [value])
    }

    /// An element of one unsigned 16-bit number.
    init(_ tag: Tag, unsigned value: Int) {
        let number = UInt16(truncatingIfNeeded: value)
        self.init(
            tag: tag,
            vr: .us,
            value: .bytes([UInt8(truncatingIfNeeded: number), UInt8(number >> 8)])
        )
    }

    /// An element without a value.
    init(empty tag: Tag, _ vr: VR) {
        self.init(tag: tag, vr: vr, value: vr == .sq ? .items([]) : .bytes([]))
    }
}
