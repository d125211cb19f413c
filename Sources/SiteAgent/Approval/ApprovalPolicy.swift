/// Who decides on the plans that a site's policy allows; declared by its admin in `site.yaml`.
package struct ApprovalPolicy: Sendable, Hashable, Codable {
    /// Who decides.
    package enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        /// A person, by `fedagent plan approve` or `decline`.
        case manual
        /// Nobody has to: plans that ``SitePolicy`` allows are approved.
        case declared
    }

    /// Who decides.
    package var mode: Mode

    /// Declares who decides.
    package init(mode: Mode) { self.mode = mode }
}
