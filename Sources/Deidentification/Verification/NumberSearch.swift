import DICOM

/// Searches a header for record numbers, and tells one that leaked from digits that happen to occur.
///
/// Six digits occur by chance in the decimals of a position or in a keyed identifier once in some
/// thousand files. A number is found where it stands in a text; within a longer run of digits it is
/// passed over only if that run is, as a whole, a numeric value or unique identifier of the output.
struct NumberSearch {
    private let numbers: [[UInt8]]
    private let values: Set<[UInt8]>

    /// Searches for strings of digits in the file that `output` was written to.
    init(_ numbers: some Sequence<String>, output: DataSet) {
        self.numbers = Set(numbers).sorted().map { Array($0.utf8) }
        var values: Set<[UInt8]> = []
        Self.collect(output, into: &values)
        self.values = values
    }

    /// Whether one of the numbers stands in the bytes as more than a coincidence.
    func occurs(in bytes: ArraySlice<UInt8>) -> Bool {
        guard !numbers.isEmpty else { return false }
        for run in bytes.split(whereSeparator: { !Self.isPart($0) }) {
            for number in numbers where run.count >= number.count && Self.contains(run, number) {
                let text = run.trimming(UInt8(ascii: "."))
                if text.elementsEqual(number) || !values.contains(Array(text)) { return true }
            }
        }
        return false
    }

    private static func collect(_ dataSet: DataSet, into values: inout Set<[UInt8]>) {
        for element in dataSet {
            switch element.value {
            case .items(let items): for item in items { collect(item, into: &values) }
            case .bytes(let bytes):
                guard [.ds, .is, .ui, .da, .dt, .tm].contains(element.vr) else { continue }
                for run in bytes.split(whereSeparator: { !isPart($0) }) {
                    values.insert(Array(run.trimming(UInt8(ascii: "."))))
                }
            case .fragments: continue
            }
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".")
    }

    private static func contains(_ run: ArraySlice<UInt8>, _ number: [UInt8]) -> Bool {
        (run.startIndex...run.endIndex - number.count).contains {
            run[$0..<$0 + number.count].elementsEqual(number)
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func trimming(_ byte: UInt8) -> ArraySlice<UInt8> {
        var slice = self
        while slice.first == byte { slice.removeFirst() }
        while slice.last == byte { slice.removeLast() }
        return slice
    }
}
