import DICOM
import Deidentification

/// What the header of a wanted image says, in memory only: its original identifiers to join on, its
/// series, and its new identifiers.
struct FileHeader: Sendable {
    /// The original series.
    let key: SeriesKey
    /// The new identifiers.
    let identity: KeyedIdentity
    /// The attributes that joining needs, without the pixels.
    let joined: DataSet

    /// Reads what the intake needs of a header.
    ///
    /// - Throws: `QuarantineReason` if an identifier is missing.
    init(_ header: DataSet, map: IdentifierMap) throws(QuarantineReason) {
        key = SeriesKey(header)
        identity = try KeyedIdentity(of: header, map: map)
        var joined = DataSet(characterSet: header.characterSet)
        for tag in Self.attributes { joined[tag] = header[tag] }
        self.joined = joined
    }

    /// The original Study Instance UID.
    var studyInstanceUID: String { joined.string(.studyInstanceUID) ?? "" }

    /// The original SOP Instance UID.
    var sopInstanceUID: String { joined.string(.sopInstanceUID) ?? "" }

    /// Whether the image names its patient; without, each study is a patient of its own.
    var namesPatient: Bool { joined.string(.patientID)?.isEmpty == false }

    /// Whether two slices can be of one volume: one size, one direction, one pixel spacing, within
    /// the tolerance of `CTVolume`.
    func hasGeometry(of other: FileHeader) -> Bool {
        func agree(_ tag: Tag, within tolerance: Double) -> Bool {
            let (left, right) = (joined.doubles(tag), other.joined.doubles(tag))
            return left.count == right.count
                && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
        }
        return joined.int(.rows) == other.joined.int(.rows)
            && joined.int(.columns) == other.joined.int(.columns)
            && agree(.imageOrientationPatient, within: 1e-3)
            && agree(.pixelSpacing, within: 1e-3)
    }

    private static let attributes: [Tag] = [
        .specificCharacterSet, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID,
        .patientID, .accessionNumber, .instanceNumber, .imagePositionPatient,
        .imageOrientationPatient, .pixelSpacing, .rows, .columns,
    ]
}
