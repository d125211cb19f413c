package import AuditLog

extension AuditActor {
    /// The site's agent, acting for the site.
    package static let agent = AuditActor(.site, "agent")
    /// The person who runs `fedagent` at the site.
    package static let siteAdmin = AuditActor(.admin, "site-admin")
    /// What the admin declared in `site.yaml` beforehand.
    package static let siteProfile = AuditActor(.policy, "site.yaml")
}
