import Foundation
import Subprocess
import SystemPackage
import Testing
import TimeStamping

/// Time stamps of an authority that `openssl ts` plays.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct TimeStampTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tsa-\(UUID())")
    private let imprint = (0..<32).map { UInt8($0) }

    private static let authority = """
        set -e
        for name in root other; do
          openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
            -subj "/CN=$name" -keyout $name.key -out $name.pem
        done
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=tsa \
          -keyout tsa.key -out tsa.csr
        echo 'extendedKeyUsage=critical,timeStamping' > tsa.ext
        openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 \
          -extfile tsa.ext -out tsa.pem
        printf '[tsa]\\ndefault_tsa=one\\n[one]\\nserial=serial\\nsigner_digest=sha256\\n' > tsa.cnf
        printf 'default_policy=1.2.3.4\\ndigests=sha256\\ness_cert_id_alg=sha256\\n' >> tsa.cnf
        echo 01 > serial
        openssl ts -query -in log.tsq -text
        openssl ts -reply -queryfile log.tsq -signer tsa.pem -inkey tsa.key -config tsa.cnf \
          -out log.tsr
        """

    private func stamped() async throws -> (words: String, response: [UInt8]) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let request = TimeStamp.request(forSHA256: imprint, nonce: 0x1234_5678_9abc_def0)
        try Data(request).write(to: folder.appending(path: "log.tsq"))
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", "cd \(folder.path)\n\(Self.authority)"],
            output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        let response = try Data(contentsOf: folder.appending(path: "log.tsr"))
        return (result.standardOutput, [UInt8](response))
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    @Test func `a stamp is verified offline, and nothing else passes for one`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (words, response) = try await stamped()
        #expect(words.contains("Hash Algorithm: sha256"))
        #expect(words.contains("Nonce: 0x123456789ABCDEF0"))
        let time = try TimeStamp.time(of: response, overSHA256: imprint, roots: path("root.pem"))
        #expect(abs(Double(time) - Date().timeIntervalSince1970) < 120)
        func refusal(_ bytes: [UInt8], _ imprint: [UInt8], _ roots: String) -> TimeStamp.Refusal? {
            do throws(TimeStamp.Refusal) {
                _ = try TimeStamp.time(of: bytes, overSHA256: imprint, roots: path(roots))
                return nil
            } catch { return error }
        }
        #expect(refusal(response, [UInt8](repeating: 9, count: 32), "root.pem") == .notValid)
        #expect(refusal(response, imprint, "other.pem") == .notValid)
        #expect(refusal(response, imprint, "none.pem") == .noRoots)
        #expect(refusal([1, 2, 3], imprint, "root.pem") == .notAResponse)
        #expect(refusal(Array(response.dropLast()), imprint, "root.pem") == .notAResponse)
        var flipped = response
        flipped[flipped.count - 10] ^= 1
        #expect(refusal(flipped, imprint, "root.pem") != nil)
    }
}
