import Federation
import Foundation
import TestSupport
import Testing
import WireProtocol

/// The messages of admission, renewal and clocks, as their vectors.
@Suite struct AdmissionVectorTests {
    private static let request =
        "-----BEGIN CERTIFICATE REQUEST-----\nMA==\n-----END CERTIFICATE REQUEST-----"
    private static let certificate =
        "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----"
    private static let time: Int64 = 1_790_000_000_000

    private func expect<Message: Codable & Equatable>(
        _ message: Message,
        isVector name: String
    ) throws {
        let url = SharedData.repository
            .appending(path: "Tests/WireProtocolTests/Vectors/messages/\(name).json")
        let bytes = [UInt8](try Data(contentsOf: url)).dropLast()
        #expect(try WireCodec.decode(Message.self, from: Array(bytes)) == message, "\(name)")
        #expect(try WireCodec.encode(message) == Array(bytes), "\(name)")
    }

    @Test func `hello is written and read as its vector`() throws {
        try expect(
            Hello(
                federation: "demo",
                siteID: "site-a",
                softwareVersion: "0.1.0",
                timeMilliseconds: Self.time,
                clockIsSynchronized: true,
                bootID: "0011223344556677"
            ),
            isVector: "hello.response"
        )
    }

    @Test func `applications and their answers are written and read as their vectors`() throws {
        try expect(
            EnrolmentRequest(
                token: "0123456789abcdef0123456789abcdef",
                certificateRequest: Self.request,
                softwareVersion: "0.1.0",
                timeMilliseconds: Self.time
            ),
            isVector: "enrol.request"
        )
        try expect(
            EnrolmentRequest(
                expiredCertificate: Self.certificate,
                certificateRequest: Self.request,
                softwareVersion: "0.1.0",
                timeMilliseconds: Self.time
            ),
            isVector: "enrol.request.expired"
        )
        try expect(
            EnrolmentPending(federation: "demo", party: "fed://demo/site/site-a"),
            isVector: "enrol.response-pending"
        )
        try expect(
            EnrolmentResponse(
                siteID: "site-a",
                federation: "demo",
                party: "fed://demo/site/site-a",
                certificateChain: Self.certificate,
                rootCertificate: Self.certificate,
                serviceHost: "coordinator.example",
                servicePort: 8443
            ),
            isVector: "enrol.response"
        )
    }

    @Test func `renewals and a wrong clock are written and read as their vectors`() throws {
        try expect(
            CertificateRenewal(certificateRequest: Self.request),
            isVector: "renew-certificate.request"
        )
        try expect(
            RenewedCertificate(
                certificateChain: Self.certificate,
                rootCertificate: Self.certificate,
                notValidAfterMilliseconds: Self.time
            ),
            isVector: "renew-certificate.response"
        )
        var error = ErrorResponse(.clockSkew, correlationID: "00112233")
        error.error.timeMilliseconds = Self.time
        error.error.clockIsSynchronized = false
        try expect(error, isVector: "error.clock-skew")
    }
}
