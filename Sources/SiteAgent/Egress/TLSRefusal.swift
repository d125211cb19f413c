import NIOSSL

/// A handshake that ended because one end does not go by the root of the other's certificate.
enum TLSRefusal {
    /// Whether an error of a connection is one.
    static func isOfCertificates(_ error: any Error) -> Bool {
        guard error is NIOSSLError || error is BoringSSLError else { return false }
        let text = "\(error)"
        // Ours of theirs, and theirs of ours (alert 48 of RFC 8446 section 6.2).
        return ["CERTIFICATE_VERIFY_FAILED", "UNKNOWN_CA"].contains(where: text.contains)
    }

    /// What the site admin reads, and does.
    static func agentError(at address: CoordinatorAddress) -> AgentError {
        AgentError(
            .unavailable,
            "\(address) and this site do not go by the same root certificate; unless `fedagent doctor`"
                + " finds TLS intercepted, this site needs a new invite",
            hint: "`fedagent doctor` says whether something intercepts TLS; if not, the federation"
                + " has exchanged its root while this site was away: ask the operator for a new invite and"
                + " run `fedagent enroll <invite>`; id, data and history of this site stay"
        )
    }
}
