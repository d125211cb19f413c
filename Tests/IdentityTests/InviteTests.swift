import Identity
import Testing

@Suite struct InviteTests {
    let root = String(repeating: "ab", count: 32)

    @Test func `an invite reads back as it was printed`() throws {
        var generator = SystemRandomNumberGenerator()
        let invite = Invite(
            host: "coordinator.example",
            port: 8444,
            rootFingerprint: root,
            using: &generator
        )
        #expect(try Invite(parsing: invite.description) == invite)
        #expect(invite.token.utf8.count == 32)
        #expect(invite.tokenHash != invite.token)
    }

    @Test func `the example of the protocol is read`() throws {
        let invite = try Invite(
            parsing: "fed1:coordinator.example:8444:\(root):0123456789abcdef0123456789abcdef"
        )
        #expect(invite.host == "coordinator.example" && invite.port == 8444)
    }

    @Test(arguments: [
        "", "fed2:h:1:r:t", "fed1:h:0:00:00", "fed1::8444:ab:cd",
        "fed1:h:8444:\(String(repeating: "ab", count: 32)):0123",
        "fed1:h:8444:\(String(repeating: "AB", count: 32)):0123456789abcdef0123456789abcdef",
    ])
    func `a damaged invite is refused without repeating it`(line: String) throws {
        let error = try #require(throws: IdentityError.self) { try Invite(parsing: line) }
        #expect(error.code == .invalidInvite)
        #expect(!error.message.contains("0123456789abcdef"))
    }
}

@Suite struct PartyTests {
    @Test(arguments: [
        Party(federation: "demo", role: .coordinator),
        Party(federation: "f-1", role: .site("trauma-2")),
    ])
    func `a party reads back from its URI`(party: Party) {
        #expect(Party(uri: party.uri) == party)
    }

    @Test(arguments: [
        "fed://demo/site/", "fed://demo/site/A", "fed://demo/site/a/b", "fed://demo",
        "http://demo/site/a", "fed:///site/a", "fed://demo/site/-a", "fed://demo/coordinator/x",
    ])
    func `other URIs name nobody`(uri: String) { #expect(Party(uri: uri) == nil) }
}
