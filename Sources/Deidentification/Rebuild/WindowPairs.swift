import DICOM

/// Centre and width of a window mean something together only (PS3.3 C.11.2.1.2).
enum WindowPairs {
    private static let center = Tag(0x0028, 0x1050)
    private static let width = Tag(0x0028, 0x1051)

    private static let explanation = Tag(0x0028, 0x1055)

    /// The elements with as many centres as widths, and without either and what explains them where
    /// one is missing.
    static func settled(_ elements: [DataElement]) -> [DataElement] {
        let centers = count(of: center, in: elements)
        let widths = count(of: width, in: elements)
        let pairs = min(centers, widths)
        if pairs == 0, centers == widths { return elements.filter { $0.tag != explanation } }
        guard centers != widths else { return elements }
        return elements.compactMap { element in
            if pairs == 0, element.tag == explanation { return nil }
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
