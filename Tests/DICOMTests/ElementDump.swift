import DICOM
import Foundation

/// The canonical text of a data set that `Deploy/dicom-tables/dump_with_pydicom.py` also makes.
enum ElementDump {
    static func text(of dataSet: DataSet, depth: Int = 0) -> String {
        dataSet.filter { $0.tag != .specificCharacterSet }
            .map { line(of: $0, in: dataSet, depth: depth) }.joined()
    }

    private static func line(of element: DataElement, in dataSet: DataSet, depth: Int) -> String {
        let number = String(format: "%08X", element.tag.number)
        let head = "\(depth) \(number) \(element.vr.rawValue) "
        switch element.value {
        case .items(let items):
            return head + "\(items.count)\n" + items.map { text(of: $0, depth: depth + 1) }.joined()
        case .fragments(let fragments):
            let joined = fragments.flatMap(\.self)
            return head + digest(Array(joined.prefix(4_096))) + "\n"
        case .bytes(let bytes):
            let line = head + digest(Array(bytes.prefix(4_096))) + "\n"
            guard element.vr.usesCharacterSet, !bytes.isEmpty else { return line }
            let values = dataSet.characterSet.decodeValues(bytes[...], vr: element.vr)
            let joined = values.map { $0.trimmingCharacters(in: [" ", "\0"]) }
                .joined(separator: "\\")
            return line + "text " + digest(Array(joined.utf8)) + "\n"
        }
    }

    /// FNV-1a, 64 bit, as 16 hexadecimal digits.
    static func digest(_ bytes: [UInt8]) -> String {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(format: "%016lx", state)
    }
}
