import DICOM
import Deidentification
import EnvelopedData
import SiteAgent

/// The original attributes of a de-identified file, opened with a private key.
enum RevealedAttributes {
    /// One attribute as it is shown.
    struct Line: Encodable {
        let tag: String
        let keyword: String
        let values: [String]
        /// How many sequences it lies in.
        let depth: Int

        var text: String {
            let indent = String(repeating: "  ", count: depth)
            let value = values.joined(separator: "\\")
            return "\(indent)\(tag) \(keyword)" + (value.isEmpty ? "" : ": \(value)")
        }

        /// The attributes in their order, those of items after their sequence.
        static func lines(of dataSet: DataSet, depth: Int = 0) -> [Line] {
            dataSet.flatMap { element in
                let line = Line(
                    tag: element.tag.description,
                    keyword: DataDictionary.entry(for: element.tag)?.keyword ?? "",
                    values: element.vr.isText ? dataSet.strings(element.tag) : [],
                    depth: depth
                )
                guard case .items(let items) = element.value else { return [line] }
                return [line] + items.flatMap { lines(of: $0, depth: depth + 1) }
            }
        }
    }

    /// Opens the first item that the key fits.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is none, `bad-configuration` for a key that is
    ///   none; ``QuarantineReason`` never.
    static func read(
        _ file: DICOMFile,
        privateKey: [UInt8],
        certificate: [UInt8]?
    ) throws -> DataSet {
        let contents = EncryptedAttributes.contents(of: file)
        guard !contents.isEmpty else {
            throw AgentError(
                .badInput,
                "the file holds no encrypted attributes",
                hint: "only files made with a profile that names `recipients` have them"
            )
        }
        for (envelope, syntax) in contents {
            do throws(EnvelopeError) {
                let content = try EnvelopedData.open(
                    envelope,
                    privateKey: privateKey,
                    certificate: certificate
                )
                if let originals = try? EncryptedAttributes.originals(in: content, syntax: syntax) {
                    return originals
                }
            } catch {
                guard error.code == .notForThisKey || error.code == .noEnvelope else {
                    throw AgentError(.badConfiguration, error.detail)
                }
            }
        }
        throw AgentError(
            .badInput,
            "none of the \(contents.count) encrypted item(s) opens with this key",
            hint: "use the private key of a certificate that the profile named as recipient"
        )
    }
}
