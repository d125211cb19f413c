extension DataSet {
    /// The whole text of an element, decoded, with its padding and backslashes.
    ///
    /// Nil if the element is absent or not text.
    package func rawText(_ tag: Tag) -> String? {
        guard let element = self[tag], let bytes = element.bytes else { return nil }
        let vr = element.interpretedVR
        guard vr.isText else { return nil }
        return characterSet.decode(bytes[...], vr: vr)
    }

    /// The values of a text element, decoded and trimmed of padding; empty if there are none.
    ///
    /// An element with a zero-length value has no values. Padding is spaces and NULs at the end,
    /// and spaces at the start of representations where they mean nothing.
    package func strings(_ tag: Tag) -> [String] {
        guard let element = self[tag], let bytes = element.bytes, !bytes.isEmpty else { return [] }
        let vr = element.interpretedVR
        guard vr.isText else { return [] }
        return characterSet.decodeValues(bytes[...], vr: vr).map {
            $0.trimmingASCIIPadding(leading: vr.isMultiValuedText)
        }
    }

    /// The first value of a text element, decoded and trimmed; nil if absent or empty.
    package func string(_ tag: Tag) -> String? {
        guard let first = strings(tag).first, !first.isEmpty else { return nil }
        return first
    }

    /// The values as whole numbers: IS and DS text, and integers of 1 to 8 bytes.
    ///
    /// Empty if the element is absent or one of its values is not a whole number.
    package func ints(_ tag: Tag) -> [Int] {
        guard let element = self[tag] else { return [] }
        return NumericValues.ints(of: element) ?? []
    }

    /// The first value as a whole number; nil if absent or not a whole number.
    package func int(_ tag: Tag) -> Int? { ints(tag).first }

    /// The values as floating-point numbers: DS and IS text, FL, FD, and integers.
    ///
    /// Empty if the element is absent or one of its values is not a finite number.
    package func doubles(_ tag: Tag) -> [Double] {
        guard let element = self[tag] else { return [] }
        return NumericValues.doubles(of: element) ?? []
    }

    /// The first value as a floating-point number; nil if absent or not a finite number.
    package func double(_ tag: Tag) -> Double? { doubles(tag).first }

    /// The tags that an AT element points to; empty if it is absent or malformed.
    package func tags(_ tag: Tag) -> [Tag] {
        guard let element = self[tag], element.interpretedVR == .at, let bytes = element.bytes,
            let halves = NumericValues.patterns(bytes, UInt16.self), halves.count.isMultiple(of: 2)
        else { return [] }
        return stride(from: 0, to: halves.count, by: 2).map { Tag(halves[$0], halves[$0 + 1]) }
    }

    /// The bytes of an element with padding; nil for absent elements, sequences and fragments.
    package func bytes(_ tag: Tag) -> [UInt8]? { self[tag]?.bytes }

    /// The items of a sequence; empty if it is absent.
    package func items(_ tag: Tag) -> [DataSet] { self[tag]?.items ?? [] }
}
