import DICOM
import Deidentification
import SiteStore

/// Looks at the header of a file: whose it is, which series it belongs to, whether it is wanted.
struct HeaderReader: Sendable {
    let map: IdentifierMap
    let selection: DeidentificationProfile.Selection
    /// The pseudonyms of withdrawn patients.
    let withdrawn: Set<String>

    /// What a look at a file told.
    enum Look {
        /// A wanted image.
        case wanted(FileHeader)
        /// The file's row, held back.
        case held(FileRow)
    }

    /// Longer headers are rare; then the whole file is read.
    private static let usualLength = 64 << 10

    /// Looks at one file, whose row is `found` so far.
    func look(at path: String, in folder: HospitalFolder, _ found: FileRow) -> Look {
        var row = found
        do {
            let header = try Self.header(path, folder)
            let refusal = SeriesSelection.refusal(of: header, selection)
            let file: FileHeader
            do throws(QuarantineReason) {
                file = try FileHeader(header, map: map)
            } catch {
                throw refusal ?? error
            }
            row.belong(to: file.identity)
            if withdrawn.contains(file.identity.patient) {
                return .held(found.quarantined(Self.withdrawnReason))
            }
            if let refusal { throw refusal }
            return .wanted(file)
        } catch let reason as QuarantineReason {
            return .held(row.quarantined(reason.code.rawValue, reason.detail))
        } catch let error as DICOMError {
            let reason = QuarantineReason(error)
            return .held(row.quarantined(reason.code.rawValue, reason.detail))
        } catch {
            return .held(
                row.quarantined(
                    QuarantineReason.Code.unreadableFile.rawValue,
                    "the file cannot be opened or read"
                )
            )
        }
    }

    static let withdrawnReason = "patient-withdrawn"

    private static func header(_ path: String, _ folder: HospitalFolder) throws -> DataSet {
        let beginning = try folder.beginning(path, of: usualLength)
        if let file = try? DICOMFile(reading: beginning, until: .pixelData),
            beginning.count < usualLength || file.dataSet[.rows] != nil
        {
            return file.dataSet
        }
        return try DICOMFile(reading: try folder.bytes(path), until: .pixelData).dataSet
    }
}

extension FileRow {
    /// Notes where a file belongs.
    mutating func belong(to identity: KeyedIdentity) {
        patient = identity.patient
        studyUID = identity.studyInstanceUID
        seriesUID = identity.seriesInstanceUID
    }
}
