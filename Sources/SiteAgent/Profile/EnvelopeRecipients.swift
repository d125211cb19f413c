package import Deidentification
import EnvelopedData
package import Foundation
import Yams

/// The certificates of those who may learn who a copy is of.
package enum EnvelopeRecipients {
    private struct Section: Decodable {
        let recipients: [String]?
    }

    /// What encrypts for the `recipients` of a profile file: paths of certificates, relative to it.
    ///
    /// - Returns: Nil if the profile names none; that is the default.
    /// - Throws: ``AgentError`` `bad-configuration` for a certificate that cannot be used.
    package static func read(profile path: String?) throws -> EncryptedAttributes? {
        guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8),
            let section = try? YAMLDecoder().decode(Section.self, from: text)
        else { return nil }
        let folder = URL(filePath: path).deletingLastPathComponent()
        return try encrypted(for: section.recipients ?? [], relativeTo: folder)
    }

    /// What encrypts for certificates; nil for none.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` for a certificate that cannot be used.
    package static func encrypted(
        for paths: [String],
        relativeTo folder: URL
    ) throws -> EncryptedAttributes? {
        guard !paths.isEmpty else { return nil }
        let recipients = try paths.map { path in
            let url = URL(filePath: path, relativeTo: folder)
            guard let data = try? Data(contentsOf: url) else {
                throw AgentError(.badConfiguration, "the recipient \(path) cannot be read")
            }
            do throws(EnvelopeError) { return try Recipient(certificate: [UInt8](data)) } catch {
                throw AgentError(.badConfiguration, "the recipient \(path): \(error.detail)")
            }
        }
        return EncryptedAttributes(sealing: RecipientEnvelopes(recipients))
    }
}
