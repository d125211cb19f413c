import ArgumentParser
import DICOM
import Deidentification
import EnvelopedData
import Foundation
import SiteAgent

extension DeidentifyCommand {
    /// `fedagent deidentify reveal`.
    struct Reveal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show who a de-identified file is of, to the holder of the private key.",
            discussion: """
                Opens the encrypted attributes that a file got when the profile named
                `recipients`. Example:

                  fedagent deidentify reveal copy.dcm --private-key site.key

                What it prints identifies the patient. A passphrase of the key is asked for at the
                terminal.

                Exit status: 0 shown, 65 the file holds nothing that this key opens, 78 the key or
                the certificate cannot be used.
                """
        )

        @Argument(help: "The de-identified file.", completion: .file()) var file: String
        @Option(help: "The recipient's private key (PEM).", completion: .file())
        var privateKey: String
        @Option(help: "The recipient's certificate (PEM or DER).", completion: .file())
        var certificate: String?
        @Flag(help: "Write one JSON object.") var json = false

        func run() async throws {
            try await reporting {
                let originals = try RevealedAttributes.read(
                    Self.read(file),
                    privateKey: Self.bytes(privateKey, .badConfiguration),
                    certificate: certificate.map { try Self.bytes($0, .badConfiguration) }
                )
                if json {
                    try Terminal.printJSON(RevealedAttributes.Line.lines(of: originals))
                } else {
                    for line in RevealedAttributes.Line.lines(of: originals) {
                        Terminal.show(line.text)
                    }
                }
            }
        }

        private static func read(_ path: String) throws -> DICOMFile {
            let bytes = try bytes(path, .badInput)
            do throws(DICOMError) { return try DICOMFile(reading: bytes) } catch {
                throw AgentError(.badInput, "\(path): \(error)")
            }
        }

        private static func bytes(_ path: String, _ code: AgentError.Code) throws -> [UInt8] {
            guard let data = try? Data(contentsOf: URL(filePath: path)) else {
                throw AgentError(code, "\(path) cannot be read")
            }
            return [UInt8](data)
        }
    }
}
