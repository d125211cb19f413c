package import Deidentification

/// Seals a content once for each recipient that a site names.
package struct RecipientEnvelopes: EnvelopeSealing {
    private let recipients: [Recipient]

    /// Takes the recipients in the order of their envelopes; at least one.
    package init(_ recipients: [Recipient]) {
        precondition(!recipients.isEmpty, "an envelope needs a recipient")
        self.recipients = recipients
    }

    /// One envelope for each recipient, each with a key of its own.
    package func sealed(_ content: [UInt8]) throws(EnvelopeSealingFailure) -> [[UInt8]] {
        var envelopes: [[UInt8]] = []
        for recipient in recipients {
            do throws(EnvelopeError) {
                envelopes.append(try EnvelopedData.seal(content, for: recipient))
            } catch {
                throw EnvelopeSealingFailure(error.detail)
            }
        }
        return envelopes
    }
}
