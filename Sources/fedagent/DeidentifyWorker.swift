import Crypto
import DICOM
import Deidentification
import Foundation

/// De-identifies files in memory, several at once.
struct DeidentifyWorker: Sendable {
    /// What became of one input.
    struct Outcome: Sendable {
        let names: DeidentifySource.Names
        let result: Result<Instance, QuarantineReason>
    }

    /// What is needed of an instance to write and record it.
    struct Instance: Sendable {
        let study: String
        let series: String
        let sopInstanceUID: String
        let patient: String
        let bytes: [UInt8]
        let inputDigest: String
        let outputDigest: String
        let actions: [ActionCount]
    }

    let deidentifier: Deidentifier
    let map: IdentifierMap

    /// The outcomes in the order of the sources; at most `jobs` files are worked on at once.
    func results(
        of sources: [(DeidentifySource, DeidentifySource.Names)],
        jobs: Int
    ) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome).self) { group in
            var outcomes: [Int: Outcome] = [:]
            for (index, (source, names)) in sources.enumerated() {
                if index >= jobs, let (place, outcome) = await group.next() {
                    outcomes[place] = outcome
                }
                group.addTask { @concurrent in
                    (index, Outcome(names: names, result: self.result(of: source)))
                }
            }
            for await (place, outcome) in group { outcomes[place] = outcome }
            return outcomes.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func result(of source: DeidentifySource) -> Result<Instance, QuarantineReason> {
        do throws(QuarantineReason) { return .success(try instance(of: source)) } catch {
            return .failure(error)
        }
    }

    private func instance(of source: DeidentifySource) throws(QuarantineReason) -> Instance {
        guard let data = try? Data(contentsOf: source.url, options: .mappedIfSafe) else {
            throw QuarantineReason(.unreadable, "the file cannot be opened")
        }
        let bytes = [UInt8](data)
        let file: DICOMFile
        do throws(DICOMError) { file = try DICOMFile(reading: bytes) } catch {
            throw QuarantineReason(error)
        }
        let output = try deidentifier.deidentify(file)
        return Instance(
            study: output.studyInstanceUID,
            series: output.seriesInstanceUID,
            sopInstanceUID: output.sopInstanceUID,
            patient: output.patientPseudonym,
            bytes: output.dicomBytes,
            inputDigest: map.digest(bytes, purpose: "input"),
            outputDigest: SHA256.hash(data: output.dicomBytes).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined(),
            actions: output.counts
        )
    }
}
