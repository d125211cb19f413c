/// Attributes in ascending order of their tags, each at most once.
///
/// Text is decoded and encoded with ``characterSet``, which an item inherits from the data set
/// around it when it is read; an item made by hand gets it in its initializer.
package struct DataSet: Hashable, Sendable {
    /// The elements in ascending order.
    package private(set) var elements: [DataElement]

    /// The character set of the text values, from (0008,0005) or inherited.
    package private(set) var characterSet: SpecificCharacterSet

    /// Makes an empty data set whose texts use `characterSet`; (0008,0005) is not added.
    package init(characterSet: SpecificCharacterSet = .default) {
        self.elements = []
        self.characterSet = characterSet
    }

    /// Makes a data set of elements in any order; of equal tags the first is kept.
    ///
    /// A (0008,0005) among the elements overrides `characterSet`.
    package init(_ elements: [DataElement], characterSet: SpecificCharacterSet = .default) {
        self.init(characterSet: characterSet)
        self.elements = Self.ordered(elements)
        if let own = self[.specificCharacterSet] {
            self.characterSet = SpecificCharacterSet(elementValue: own.bytes ?? [])
        }
    }

    private static func ordered(_ elements: [DataElement]) -> [DataElement] {
        if zip(elements, elements.dropFirst()).allSatisfy({ $0.tag < $1.tag }) { return elements }
        let sorted = elements.enumerated().sorted { left, right in
            (left.element.tag, left.offset) < (right.element.tag, right.offset)
        }
        var kept: [DataElement] = []
        for (_, element) in sorted where kept.last?.tag != element.tag { kept.append(element) }
        return kept
    }

    /// The number of elements, not counting those inside sequences.
    package var count: Int { elements.count }

    /// Whether there is no element.
    package var isEmpty: Bool { elements.isEmpty }

    /// The element of a tag; setting nil removes it, and (0008,0005) changes the character set.
    ///
    /// The tag of an element that is set must be the subscript's.
    package subscript(tag: Tag) -> DataElement? {
        get {
            let index = position(of: tag)
            guard index < elements.count, elements[index].tag == tag else { return nil }
            return elements[index]
        }
        set {
            if let newValue {
                precondition(newValue.tag == tag, "an element is stored under its own tag")
                insert(newValue)
            } else {
                remove(tag)
            }
        }
    }

    /// Adds an element, replacing the one with the same tag.
    package mutating func insert(_ element: DataElement) {
        if let last = elements.last, last.tag >= element.tag {
            let index = position(of: element.tag)
            if elements[index].tag == element.tag {
                elements[index] = element
            } else {
                elements.insert(element, at: index)
            }
        } else {
            elements.append(element)
        }
        if element.tag == .specificCharacterSet {
            characterSet = SpecificCharacterSet(elementValue: element.bytes ?? [])
        }
    }

    /// Removes the element of a tag and returns it; the character set stays as it was.
    @discardableResult
    package mutating func remove(_ tag: Tag) -> DataElement? {
        let index = position(of: tag)
        guard index < elements.count, elements[index].tag == tag else { return nil }
        return elements.remove(at: index)
    }

    /// The creator that owns a private element, trimmed; nil if its block has none.
    ///
    /// Standard elements and creators themselves have none (PS3.5 section 7.8.1).
    package func privateCreator(for tag: Tag) -> String? {
        guard let owner = tag.privateCreatorTag, let name = string(owner), !name.isEmpty else {
            return nil
        }
        return name
    }

    /// The index of the first element whose tag is not below `tag`.
    private func position(of tag: Tag) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension DataSet: Sequence {
    package func makeIterator() -> IndexingIterator<[DataElement]> { elements.makeIterator() }
}
