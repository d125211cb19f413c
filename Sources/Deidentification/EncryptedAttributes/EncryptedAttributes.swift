package import DICOM

/// The way back from a de-identified copy to the patient, for those who hold a private key
/// (PS3.15 E.1.1, PS3.3 C.12.1.1.4.1).
package struct EncryptedAttributes: Sendable {
    /// Longer values are data, not identity.
    static let maximumValueLength = 1 << 14

    private let sealing: any EnvelopeSealing

    /// Takes what encrypts.
    package init(sealing: any EnvelopeSealing) { self.sealing = sealing }

    // MARK: Sealing

    /// The attributes of the input that the output has no more, or with another value, among those
    /// that PS3.15 Table E.1-1 protects; with the character set their texts are written in.
    ///
    /// Foreign encrypted attributes and signatures, private elements and binary data stay out.
    static func originals(of input: DataSet, changedIn output: DataSet) -> DataSet {
        let protected = input.filter { element in
            ConfidentialityTable.entry(for: element.tag) != nil && element.tag.group != 0x0400
                && output[element.tag]?.value != element.value && isIdentity(element)
        }
        let characterSet = input[.specificCharacterSet].map { [$0] } ?? []
        return DataSet(characterSet + protected, characterSet: input.characterSet)
    }

    private static func isIdentity(_ element: DataElement) -> Bool {
        if element.vr == .sq { return (try? DataSet([element]).encoded()) != nil }
        guard let bytes = element.bytes else { return false }
        let isText = element.vr.isText || element.vr == .un
        return isText && !bytes.isEmpty && bytes.count <= maximumValueLength
    }

    /// Adds Encrypted Attributes Sequence to a file that was already verified.
    ///
    /// The file must be the verified one but for the bytes of the new element.
    /// - Returns: The data set and the bytes of the file with it.
    /// - Throws: ``QuarantineReason`` `unwritable`, `verification-failed`.
    func added(
        to output: DataSet,
        verified: [UInt8],
        originals input: DataSet
    ) throws(QuarantineReason) -> (dataSet: DataSet, bytes: [UInt8]) {
        let element = try sequence(Self.originals(of: input, changedIn: output))
        var dataSet = output
        dataSet.insert(element)
        let bytes: [UInt8]
        do throws(DICOMError) { bytes = try DICOMFile.write(dataSet: dataSet) } catch {
            throw QuarantineReason(error)
        }
        let head = zip(bytes, verified).prefix { $0 == $1 }.count
        let tail = verified.count - head
        guard bytes.count > verified.count, bytes.suffix(tail).elementsEqual(verified.suffix(tail))
        else {
            throw QuarantineReason(
                .verificationFailed,
                "adding the encrypted attributes changed other bytes of the output"
            )
        }
        return (dataSet, bytes)
    }

    private func sequence(_ originals: DataSet) throws(QuarantineReason) -> DataElement {
        let attributes = DataSet([
            DataElement(tag: .modifiedAttributesSequence, vr: .sq, value: .items([originals]))
        ])
        do throws(DICOMError) {
            return try sequence(sealing: attributes.encoded())
        } catch {
            throw QuarantineReason(error)
        }
    }

    private func sequence(sealing content: [UInt8]) throws(DICOMError) -> DataElement {
        let envelopes: [[UInt8]]
        do throws(EnvelopeSealingFailure) { envelopes = try sealing.sealed(content) } catch {
            throw DICOMError(
                .mismatchedValue,
                tag: .encryptedAttributesSequence,
                "the original attributes could not be encrypted: \(error.detail)"
            )
        }
        let items = envelopes.map { envelope in
            DataSet([
                DataElement(
                    .encryptedContentTransferSyntaxUID,
                    .ui,
                    text: TransferSyntax.explicitVRLittleEndian.uid
                ),
                DataElement(
                    tag: .encryptedContent,
                    vr: .ob,
                    value: .bytes(envelope.count.isMultiple(of: 2) ? envelope : envelope + [0])
                ),
            ])
        }
        return DataElement(tag: .encryptedAttributesSequence, vr: .sq, value: .items(items))
    }

    // MARK: Opening

    /// The encrypted contents of a file with their transfer syntaxes, in the order of the items.
    package static func contents(of file: DICOMFile) -> [(content: [UInt8], syntax: String)] {
        guard case .items(let items) = file.dataSet[.encryptedAttributesSequence]?.value else {
            return []
        }
        return items.compactMap { item in
            item.bytes(.encryptedContent).map {
                ($0, item.string(.encryptedContentTransferSyntaxUID) ?? "")
            }
        }
    }

    /// The original attributes in a decrypted content.
    ///
    /// - Throws: ``DICOMError`` if the content is none, as after decrypting with another key.
    package static func originals(
        in content: [UInt8],
        syntax: String
    ) throws(DICOMError) -> DataSet {
        guard let syntax = TransferSyntax(uid: syntax) else {
            throw DICOMError(.unsupportedTransferSyntax, tag: .encryptedContentTransferSyntaxUID)
        }
        let attributes = try DataSet(decoding: content, in: syntax)
        guard case .items(let items) = attributes[.modifiedAttributesSequence]?.value,
            let originals = items.first
        else {
            throw DICOMError(.missingAttribute, tag: .modifiedAttributesSequence)
        }
        return originals
    }
}
