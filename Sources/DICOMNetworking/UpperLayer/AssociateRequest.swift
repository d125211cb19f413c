/// An A-ASSOCIATE-RQ: who asks for an association, with whom, about what (PS3.8 section 9.3.2).
package struct AssociateRequest: Sendable, Hashable {
    /// A presentation context that is asked for.
    package struct Context: Sendable, Hashable {
        /// Its number, odd.
        package let id: UInt8
        /// The SOP class.
        package let abstractSyntax: String
        /// The transfer syntaxes, as the requestor prefers them.
        package let transferSyntaxes: [String]
    }

    /// A bit for each protocol version; bit 0 is version 1.
    package let protocolVersions: UInt16
    /// Whom it is for, as sent; nil if it is not a valid title.
    package let called: ApplicationEntityTitle?
    /// Who asks; nil if it is not a valid title.
    package let calling: ApplicationEntityTitle?
    /// The name of the application context.
    package let applicationContext: String
    /// The contexts, in the order sent; each number once.
    package let contexts: [Context]
    /// The longest P-DATA-TF the requestor takes, in bytes; 0 is no limit.
    package let maximumLength: Int
}
