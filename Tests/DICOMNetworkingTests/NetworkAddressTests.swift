import DICOMNetworking
import Testing

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false),
        ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false),
        ("10.1.2.128/25", "10.1.2.129", true), ("10.1.2.128/25", "10.1.2.127", false),
        ("127.0.0.1", "::ffff:127.0.0.1", true), ("::1", "::1", true), ("::1", "127.0.0.1", false),
        ("fe80::/10", "fe80::1%eth0", true), ("0.0.0.0/0", "8.8.8.8", true),
    ])
    func `a network holds its addresses`(network: String, address: String, holds: Bool) throws {
        #expect(try #require(NetworkAddress(network)).contains(address) == holds)
    }

    @Test(arguments: ["", "pacs.example", "10.1.2", "10.1.2.3/33", "10.1.2.3/x", "1.2.3.4.5", "/8"])
    func `what is no address is none`(text: String) { #expect(NetworkAddress(text) == nil) }

    @Test(
        arguments: [
            ("PACS", "PACS"), ("  PACS  ", "PACS"), ("A B", "A B"), ("", nil), ("    ", nil),
            ("1234567890123456", "1234567890123456"), ("12345678901234567", nil), ("A\\B", nil),
            ("Ä", nil), ("A\t", nil),
        ] as [(String, String?)]
    )
    func `a title is 1 to 16 characters of the default repertoire`(text: String, title: String?) {
        #expect(ApplicationEntityTitle(text)?.rawValue == title)
    }
}
