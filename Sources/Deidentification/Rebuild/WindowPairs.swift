import DICOM

/// Centre and width of a window mean something together only (PS3.3 C.11.2.1.2).
enum WindowPairs {
    private static let center = Tag(0x0028, 0x1050)
    private static let width = Tag(0x0028, 0x1051)

    /// The elements with as many centres as widths, and without either where one is missing.
    static func settled(_ elements: [DataElement]) -> [DataElement] {
        let centers = count(of: center, in: elements)
        let widths = count(of: width, in: elements)
        let pairs = min(centers, widths)
        guard centers != widths else { return elements }
        return elements.compactMap { element in
            guard [center, width].contains(element.tag) else { return element }
            let values = values(of: element).prefix(pairs)
            return pairs == 0 ? nil : DataElement(element.tag, element.vr, text: Array(values))
        }
    }

    private static func count(of tag: Tag, in elements: [DataElement]) -> Int {
        elements.first { $0.tag == tag }.map { values(of: $0).count } ?? 0
    }

    private static func values(of element: DataElement) -> [String] {
        String(decoding: element.bytes ?? [], as: UTF8.self).split(separator: "\\").map {
            String($0).trimmingSpaces()
        }
    }
}
