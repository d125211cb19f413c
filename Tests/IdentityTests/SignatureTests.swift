import Crypto
import Foundation
import Identity
import Testing

/// Protocol.md section 3.2, without a network.
@Suite struct SignatureTests {
    let key = P256.Signing.PrivateKey()
    let keyID = String(repeating: "0123456789abcdef", count: 4)
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    let empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

    private func request(
        _ method: String = "PUT",
        _ target: String = "/v1/site",
        digest: String? = nil
    ) -> SignedRequest {
        SignedRequest(method: method, target: target, contentDigest: digest ?? empty)
    }

    private func sign(_ request: SignedRequest) throws -> (input: String, signature: String) {
        var generator = SystemRandomNumberGenerator()
        return try RequestSigner(key: key, fingerprint: keyID)
            .sign(request, boot: .unknown, at: now, using: &generator)
    }

    @Test func `the signature base is the one of the document`() throws {
        let boot = try #require(BootID(text: "0011223344556677"))
        let nonce = try #require(
            SignatureNonce(text: "\(boot)0123456789abcdef0123456789abcdef")
        )
        let parameters = SignatureParameters(created: 1_790_000_000, keyID: keyID, nonce: nonce)
        let document = """
            "@method": GET
            "@path": /v1/work
            "@query": ?wait=25
            "content-digest": \(empty)
            "@signature-params": ("@method" "@path" "@query" "content-digest");created=1790000000\
            ;keyid="\(keyID)";nonce="\(nonce)";alg="ecdsa-p256-sha256"
            """
        let signature = try key.signature(for: Array(document.utf8)).rawRepresentation
        let read = try #require(
            RequestSignature(
                input: "fed=\(parameters.text)",
                signature: "fed=:\(signature.base64EncodedString()):"
            )
        )
        #expect(read.isValid(for: request("GET", "/v1/work?wait=25"), by: key.publicKey))
    }

    @Test func `a request without a query has the query of one question mark`() {
        #expect(request("GET", "/v1/hello").query == "?")
        #expect(request("GET", "/v1/work?wait=5").query == "?wait=5")
        #expect(request("GET", "/v1/work?wait=5").path == "/v1/work")
    }

    @Test func `a change of method, path, query, digest or key is found out`() throws {
        let fields = try sign(request("PUT", "/v1/site?a=1"))
        let read = try #require(
            RequestSignature(input: fields.input, signature: fields.signature)
        )
        #expect(read.isValid(for: request("PUT", "/v1/site?a=1"), by: key.publicKey))
        let other = "sha-256=:AAAAQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
        let changed = [
            request("POST", "/v1/site?a=1"), request("PUT", "/v1/work?a=1"),
            request("PUT", "/v1/site?a=2"), request("PUT", "/v1/site?a=1", digest: other),
        ]
        for request in changed {
            #expect(!read.isValid(for: request, by: key.publicKey))
        }
        let stranger = P256.Signing.PrivateKey().publicKey
        #expect(!read.isValid(for: request("PUT", "/v1/site?a=1"), by: stranger))
    }

    @Test func `components and parameters in another order are accepted`() throws {
        let nonce = String(repeating: "0", count: 48)
        let text =
            "(\"content-digest\" \"@query\" \"@path\" \"@method\");alg=\"ecdsa-p256-sha256\""
            + ";nonce=\"\(nonce)\";created=1790000000;keyid=\"\(keyID)\""
        let base = """
            "content-digest": \(empty)
            "@query": ?
            "@path": /v1/site
            "@method": PUT
            "@signature-params": \(text)
            """
        let signature = try key.signature(for: Array(base.utf8)).rawRepresentation
        let read = try #require(
            RequestSignature(
                input: "fed=\(text)",
                signature: "fed=:\(signature.base64EncodedString()):"
            )
        )
        #expect(read.isValid(for: request(), by: key.publicKey))
    }

    @Test(arguments: [
        ("\"@path\" ", ""), ("\"@path\"", "\"@path\";sf"), ("fed=", "sig1="),
        ("created=1790000000", "created=soon"), (";alg=", ";expires=1;alg="),
        ("ecdsa-p256-sha256", "rsa-v1_5-sha256"), ("nonce=\"00", "nonce=\"zz"),
        ("\"@path\"", "\"@path\" \"@path\""), (";created=1790000000", ""),
    ])
    func `an input of another form is no signature of this protocol`(
        old: String,
        new: String
    ) throws {
        let fields = try sign(request())
        let input = fields.input.replacing(old, with: new)
        #expect(input != fields.input)
        #expect(RequestSignature(input: input, signature: fields.signature) == nil)
    }
}
