/// An A-ASSOCIATE-AC: the answer that opens an association (PS3.8 section 9.3.3).
package struct AssociateAccept: Sendable, Hashable {
    /// What became of a presentation context.
    package enum Answer: Sendable, Hashable {
        /// Accepted with this transfer syntax.
        case accepted(transferSyntax: String)
        /// The SOP class is not taken here.
        case abstractSyntaxNotSupported
        /// None of the transfer syntaxes is taken here.
        case transferSyntaxesNotSupported

        /// The number of PS3.8 table 9-18.
        var result: UInt8 {
            switch self {
            case .accepted: 0
            case .abstractSyntaxNotSupported: 3
            case .transferSyntaxesNotSupported: 4
            }
        }
    }

    /// The request's titles, given back as they came.
    package let called: ApplicationEntityTitle
    /// The requestor.
    package let calling: ApplicationEntityTitle
    /// The answer to each context, in the order of the request.
    package let contexts: [(id: UInt8, answer: Answer)]
    /// The longest P-DATA-TF taken here, in bytes.
    package let maximumLength: Int

    package static func == (left: AssociateAccept, right: AssociateAccept) -> Bool {
        left.called == right.called && left.calling == right.calling
            && left.maximumLength == right.maximumLength
            && left.contexts.elementsEqual(right.contexts, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(calling)
        hasher.combine(called)
    }

    /// The transfer syntax of each accepted context.
    package var transferSyntaxes: [UInt8: String] {
        var syntaxes: [UInt8: String] = [:]
        for (id, answer) in contexts {
            if case .accepted(let syntax) = answer { syntaxes[id] = syntax }
        }
        return syntaxes
    }
}
