import Foundation
import Identity
import NIOCore
import ProcessResources
import X509

/// The way to a coordinator's port, step by step: name, proxy or firewall, TLS.
struct NetworkCheck {
    let address: CoordinatorAddress
    let rootFingerprint: String
    /// The root, where it is known; the service port does not present it.
    var root: Certificate?

    /// Findings up to the first failure.
    func findings() async -> [Finding] {
        var findings: [Finding] = []
        do {
            let proxy = try ProxySettings(to: address.host, port: address.port)
            for step in [{ await name(proxy) }, { await reach(proxy) }, { await tls(proxy) }] {
                let finding = await step()
                findings.append(finding)
                if finding.state == .fail { break }
            }
        } catch {
            findings.append(Finding("proxy", .fail, "\(error)"))
        }
        return findings
    }

    /// What to ask the network's admins for.
    private func rule(_ proxy: ProxySettings?) -> String {
        let source = ProcessInfo.processInfo.hostName
        let way = proxy.map { " through the proxy \($0.host):\($0.port) (CONNECT)" } ?? ""
        return "ask for this rule: allow TCP from \(source) to \(address.host) port"
            + " \(address.port)\(way), outgoing only, TLS not inspected"
    }

    private func name(_ proxy: ProxySettings?) async -> Finding {
        let host = proxy?.host ?? address.host
        do {
            let addresses = try await BlockingThreads.run { try NameLookup.addresses(of: host) }
            return Finding("name", .ok, "\(host) is \(addresses.joined(separator: ", "))")
        } catch {
            return Finding(
                "name",
                .fail,
                "\(host) has no address (\(error))",
                advice: proxy == nil
                    ? "ask for a DNS entry, or for the proxy: HTTPS_PROXY is not set"
                    : "check HTTPS_PROXY"
            )
        }
    }

    private func reach(_ proxy: ProxySettings?) async -> Finding {
        let check = proxy == nil ? "port" : "proxy"
        do {
            let channel = try await ProxyTunnel(
                host: address.host,
                port: address.port,
                proxy: proxy
            ).open()
            channel.close(promise: nil)
            return Finding(
                check,
                .ok,
                proxy.map { "\($0.host):\($0.port) connects to \(address)" }
                    ?? "\(address) answers"
            )
        } catch let error as AgentError {
            let advice = [error.hint, rule(proxy)].compactMap(\.self).joined(separator: "; ")
            return Finding(check, .fail, error.message, advice: advice)
        } catch {
            return Finding(check, .fail, "\(error)", advice: rule(proxy))
        }
    }

    /// Whether what answers is under the federation's root, and who signed it if not.
    private func tls(_ proxy: ProxySettings?) async -> Finding {
        do {
            let pem = try await RootCertificateProbe(host: address.host, port: address.port)
                .presentedChain()
            let chain = PresentedChain(pem: pem)
            guard !chain.certificates.isEmpty else {
                return Finding(
                    "tls",
                    .fail,
                    "\(address) ends the connection before it shows a certificate",
                    advice: "something on the way cuts TLS; \(rule(proxy))"
                )
            }
            guard chain.leads(to: rootFingerprint, root: root) else {
                return Finding(
                    "tls",
                    .fail,
                    "TLS is intercepted: \(address) answers with a certificate signed by"
                        + " \"\(chain.issuer ?? "unknown")\", not under the federation's root",
                    advice:
                        "ask for an exception from TLS inspection for \(address); \(rule(proxy))"
                )
            }
            return Finding("tls", .ok, "the certificate is the federation's, nothing intercepts")
        } catch {
            return Finding("tls", .fail, "\(error)")
        }
    }
}
