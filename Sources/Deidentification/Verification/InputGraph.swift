import DICOM

/// The identifiers and days of an input at every depth: what those of the output must come from.
struct InputGraph: Sendable {
    /// Every unique identifier that is not the standard's.
    private(set) var uids: Set<String> = []
    /// Every day of a date or of a date and time.
    private(set) var days: Set<CivilDate> = []

    /// Collects them from a data set and its items.
    init(of dataSet: DataSet) {
        collect(dataSet)
    }

    private mutating func collect(_ dataSet: DataSet) {
        for element in dataSet {
            for item in element.items { collect(item) }
            guard let bytes = element.bytes, !bytes.isEmpty else { continue }
            switch element.interpretedVR {
            case .ui:
                for uid in Self.values(bytes) where StandardUID.name(of: uid) == nil {
                    uids.insert(uid)
                }
            case .da, .dt:
                for value in Self.values(bytes) {
                    let digits = Array(value.utf8.prefix(8))
                    if let day = CivilDate(digits: digits[...]) { days.insert(day) }
                }
            default: continue
            }
        }
    }

    private static func values(_ bytes: [UInt8]) -> [String] {
        bytes.prefix { $0 != 0 }.split(separator: 0x5C).map {
            String(decoding: $0, as: UTF8.self).trimmingSpaces()
        }
    }

    /// Those that identify: shorter ones are roots, and begin other identifiers by chance.
    var tellingUIDs: Set<String> {
        uids.filter { $0.utf8.count >= 12 && !StandardUID.isRoot($0) }
    }
}
