/// Who may open an association, and about what.
package struct AssociationPolicy: Sendable, Hashable {
    /// The DICOM Application Context Name (PS3.7 annex A.2.1).
    static let applicationContext = "1.2.840.10008.3.1.1.1"
    /// The Verification SOP class (PS3.4 annex A).
    package static let verification = "1.2.840.10008.1.1"

    /// A sender that is let in: title and address must both be its own.
    package struct Peer: Sendable, Hashable {
        /// Its calling AE title.
        package let title: ApplicationEntityTitle
        /// Where it may call from.
        package let address: NetworkAddress

        /// A sender.
        package init(title: ApplicationEntityTitle, address: NetworkAddress) {
            self.title = title
            self.address = address
        }
    }

    /// Our own AE title, which a request has to call.
    package let title: ApplicationEntityTitle
    /// Who is let in.
    package let peers: [Peer]
    /// The SOP classes that are stored, beside Verification.
    package let storageClasses: [String]
    /// The transfer syntaxes that are taken for them.
    package let transferSyntaxes: [String]
    /// The longest P-DATA-TF, in bytes.
    package let maximumLength: Int
    /// The most associations at a time.
    package let associationsMax: Int

    /// A policy.
    package init(
        title: ApplicationEntityTitle,
        peers: [Peer],
        storageClasses: [String],
        transferSyntaxes: [String],
        maximumLength: Int = ReceiverLimits.standard.dataUnitBytesMax,
        associationsMax: Int = ReceiverLimits.standard.associationsMax
    ) {
        self.title = title
        self.peers = peers
        self.storageClasses = storageClasses
        self.transferSyntaxes = transferSyntaxes
        self.maximumLength = maximumLength
        self.associationsMax = associationsMax
    }

    /// Whether any peer calls from an address; others are hung up on before a byte is read.
    package func mayCall(from address: String) -> Bool {
        peers.contains { $0.address.contains(address) }
    }

    /// The answer to a request from an address while `open` other associations are open.
    package func answer(
        to request: AssociateRequest,
        from address: String,
        open: Int
    ) -> Result<AssociateAccept, AssociateRejection> {
        guard request.protocolVersions & 1 == 1 else {
            return .failure(.protocolVersionNotSupported)
        }
        guard request.applicationContext == Self.applicationContext else {
            return .failure(.applicationContextNotSupported)
        }
        guard let called = request.called, called == title else {
            return .failure(.calledTitleNotRecognized)
        }
        guard let calling = request.calling,
            peers.contains(where: { $0.title == calling && $0.address.contains(address) })
        else { return .failure(.callingTitleNotRecognized) }
        guard open < associationsMax else { return .failure(.localLimitExceeded) }
        return .success(
            AssociateAccept(
                called: called,
                calling: calling,
                contexts: request.contexts.map { ($0.id, answer(to: $0)) },
                maximumLength: maximumLength
            )
        )
    }

    private func answer(to context: AssociateRequest.Context) -> AssociateAccept.Answer {
        let taken: [String]
        if context.abstractSyntax == Self.verification {
            taken = [Self.implicitLittleEndian, Self.explicitLittleEndian]
        } else if storageClasses.contains(context.abstractSyntax) {
            taken = transferSyntaxes
        } else {
            return .abstractSyntaxNotSupported
        }
        // The requestor's order says what it has as it lies: least recoding on its side.
        guard let syntax = context.transferSyntaxes.first(where: taken.contains) else {
            return .transferSyntaxesNotSupported
        }
        return .accepted(transferSyntax: syntax)
    }

    private static let implicitLittleEndian = "1.2.840.10008.1.2"
    private static let explicitLittleEndian = "1.2.840.10008.1.2.1"
}

extension AssociateRejection: Error {}
