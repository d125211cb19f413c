/// Encrypts for recipients that a site names; the core knows of CMS only that it is bytes.
package protocol EnvelopeSealing: Sendable {
    /// Encrypts a content, once for each recipient.
    ///
    /// - Returns: CMS EnvelopedData in DER, at least one.
    /// - Throws: ``EnvelopeSealingFailure``.
    func sealed(_ content: [UInt8]) throws(EnvelopeSealingFailure) -> [[UInt8]]
}

/// Why nothing could be encrypted.
package struct EnvelopeSealingFailure: Error, Hashable, Sendable {
    /// What happened, without anything of the content.
    package let detail: String

    /// Makes a failure; `detail` must not quote the content.
    package init(_ detail: String) { self.detail = detail }
}
