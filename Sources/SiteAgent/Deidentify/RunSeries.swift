import DICOM
import Deidentification
import Foundation

/// The inputs of one series, under keyed names.
struct RunSeries: Sendable {
    /// An input and what stands for it in the journal.
    struct Member: Sendable {
        let source: RunSource
        let names: RunSource.Names
    }

    /// The keyed name: 16 digits of the study's, 16 of the series'.
    let name: String
    /// The inputs by ascending path.
    let members: [Member]
    /// The keyed digest of the states of all inputs.
    let state: String

    /// The keyed name of the study; series of one study are worked on one after the other.
    var study: Substring { name.prefix(16) }

    init(name: String, members: [Member], map: IdentifierMap) {
        self.name = name
        self.members = members
        let states = members.map(\.names.state).sorted().joined(separator: "\n")
        state = map.digest(Array(states.utf8), purpose: "series-state")
    }

    /// The keyed name of the series a file says it is of; of its path where it cannot be read.
    static func name(of source: RunSource, map: IdentifierMap) -> String {
        let key = key(of: source)
        let study = map.digest(Array((key?.study ?? "").utf8), purpose: "study")
        let series = map.digest(Array((key?.text ?? source.path).utf8), purpose: "series")
        return String(study.prefix(16)) + String(series.prefix(16))
    }

    /// The series in the original identifiers, for use in memory only.
    static func text(of source: RunSource) -> String { key(of: source)?.text ?? source.path }

    private static func key(of source: RunSource) -> SeriesKey? {
        // Longer headers are rare; then the whole file is read.
        if let beginning = source.beginning(of: usualLength),
            let file = try? DICOMFile(reading: beginning, until: .pixelData),
            beginning.count < usualLength || file.dataSet[.rows] != nil
        {
            return SeriesKey(file.dataSet)
        }
        guard let bytes = try? source.bytes(),
            let file = try? DICOMFile(reading: bytes, until: .pixelData)
        else { return nil }
        return SeriesKey(file.dataSet)
    }

    private static let usualLength = 64 << 10
}
