import SiteAgent
import Testing

/// `HTTPS_PROXY` and `NO_PROXY`.
@Suite struct ProxySettingsTests {
    @Test(arguments: [
        ("http://proxy.example:3128", "proxy.example", 3128),
        ("proxy.example:3128", "proxy.example", 3128), ("http://10.0.0.1", "10.0.0.1", 8080),
        ("http://user:p%40ss@proxy.example:3128/", "proxy.example", 3128),
    ])
    func `a proxy is named by a URL or by host and port`(
        value: String,
        host: String,
        port: Int
    ) throws {
        for name in ["HTTPS_PROXY", "https_proxy"] {
            let proxy = try #require(
                try ProxySettings(to: "fed.example", port: 8443, environment: [name: value])
            )
            #expect(proxy.host == host && proxy.port == port)
        }
    }

    @Test(arguments: [
        ("fed.example", true), (".example", true), ("example", true), ("*", true),
        ("other.example,fed.example:8443", true), ("fed.example:9", false),
        ("d.example", false), ("*.example", true), ("10.0.0.0/8", false), ("", false),
    ])
    func `what NO_PROXY lists is dialled directly`(list: String, isDirect: Bool) throws {
        let proxy = try ProxySettings(
            to: "fed.example",
            port: 8443,
            environment: ["HTTPS_PROXY": "proxy:1", "NO_PROXY": list]
        )
        #expect((proxy == nil) == isDirect)
    }

    @Test(arguments: [("10.1.2.3", true), ("11.1.2.3", false), ("10.1.2", false)])
    func `NO_PROXY may list networks`(target: String, isDirect: Bool) throws {
        let proxy = try ProxySettings(
            to: target,
            port: 8443,
            environment: ["HTTPS_PROXY": "proxy:1", "NO_PROXY": "10.0.0.0/8"]
        )
        #expect((proxy == nil) == isDirect)
    }

    @Test func `a variable that cannot be used is said so without its password`() {
        let error = #expect(throws: AgentError.self) {
            try ProxySettings(
                to: "fed.example",
                port: 8443,
                environment: ["HTTPS_PROXY": "socks5://user:s3cret@proxy:1"]
            )
        }
        #expect(error?.code == .badConfiguration)
        #expect(error.map { !"\($0)".contains("s3cret") } == true)
    }
}
