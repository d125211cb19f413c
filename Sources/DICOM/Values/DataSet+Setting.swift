extension DataSet {
    /// Sets text values, joined by backslashes and encoded in the data set's character set.
    ///
    /// Without `vr` the dictionary's is taken. Setting (0008,0005) changes the character set, so do
    /// it first.
    /// - Throws: `unencodable-text` if the character set lacks a character or a value holds a
    ///   backslash where it would divide it; `mismatched-value` if the VR is not text.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, strings: [String]) throws(DICOMError) {
        let vr = vr ?? DataDictionary.vr(for: tag) ?? .un
        guard vr.isText, vr.isMultiValuedText || strings.count <= 1 else {
            throw DICOMError(.mismatchedValue, tag: tag, "these values are not for \(vr.rawValue)")
        }
        var bytes: [UInt8] = []
        for (index, text) in strings.enumerated() {
            if index > 0 { bytes.append(0x5C) }
            guard !vr.isMultiValuedText || !text.contains("\\") else {
                throw DICOMError(.unencodableText, tag: tag, "a value holds a backslash")
            }
            guard let encoded = characterSet.encode(text, vr: vr) else {
                throw DICOMError(
                    .unencodableText,
                    tag: tag,
                    "the character set lacks a character of the text"
                )
            }
            bytes += encoded
        }
        set(tag, vr, bytes: bytes)
    }

    /// Sets one text value; see ``set(_:_:strings:)``.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, string: String) throws(DICOMError) {
        try set(tag, vr, strings: [string])
    }

    /// Sets whole numbers, as text or binary by the representation.
    /// - Throws: `mismatched-value` if a number does not fit the representation.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, ints: [Int]) throws(DICOMError) {
        let vr = vr ?? DataDictionary.vr(for: tag) ?? .un
        guard let bytes = NumericEncoding.bytes(of: ints, vr: vr) else {
            throw DICOMError(.mismatchedValue, tag: tag, "a number does not fit \(vr.rawValue)")
        }
        set(tag, vr, bytes: bytes)
    }

    /// Sets floating-point numbers, as text (DS, at most 16 characters each) or binary.
    /// - Throws: `mismatched-value` if a number is not finite or does not fit the representation.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, doubles: [Double]) throws(DICOMError) {
        let vr = vr ?? DataDictionary.vr(for: tag) ?? .un
        guard let bytes = NumericEncoding.bytes(of: doubles, vr: vr) else {
            throw DICOMError(.mismatchedValue, tag: tag, "a number does not fit \(vr.rawValue)")
        }
        set(tag, vr, bytes: bytes)
    }

    /// Sets the tags of an AT element.
    package mutating func set(_ tag: Tag, tags: [Tag]) {
        let bytes = tags.flatMap { pointer in
            NumericEncoding.littleEndian(pointer.group)
                + NumericEncoding.littleEndian(pointer.element)
        }
        set(tag, .at, bytes: bytes)
    }

    /// Sets the bytes of a value, padded to an even length; numbers must be little endian.
    package mutating func set(_ tag: Tag, _ vr: VR, bytes: [UInt8]) {
        let isEven = bytes.count.isMultiple(of: 2)
        let padded = isEven ? bytes : bytes + [vr.paddingByte]
        insert(DataElement(tag: tag, vr: vr, value: .bytes(padded)))
    }

    /// Sets the items of a sequence.
    package mutating func set(_ tag: Tag, items: [DataSet]) {
        insert(DataElement(tag: tag, vr: .sq, value: .items(items)))
    }
}
