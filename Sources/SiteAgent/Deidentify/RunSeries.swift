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
        var (study, series) = ("file", source.path)
        if let bytes = try? source.bytes(),
            let file = try? DICOMFile(reading: bytes, until: .pixelData)
        {
            let key = SeriesKey(file.dataSet)
            (study, series) = (key.study, key.text)
        }
        return String(map.digest(Array(study.utf8), purpose: "study").prefix(16))
            + String(map.digest(Array(series.utf8), purpose: "series").prefix(16))
    }
}
