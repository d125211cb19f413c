/// Gathers the elements of one data set as they are read, and notes what is odd about them.
struct ElementCollector {
    /// The context for the next element: the character set and the sign follow what was read.
    private(set) var context: DataSetReader.Context

    private var elements: [DataElement] = []
    private var hasPrivate = false
    private var seen: Set<Tag> = []

    init(_ context: DataSetReader.Context) {
        self.context = context
    }

    /// Whether there is no element yet.
    var isEmpty: Bool { elements.isEmpty }

    /// The tag of the last element read.
    var lastTag: Tag? { elements.last?.tag }

    /// Takes the next element.
    mutating func add(_ element: DataElement, to reader: inout DataSetReader) {
        noteOrder(of: element.tag, in: &reader)
        switch element.tag {
        case .specificCharacterSet:
            context.characterSet = SpecificCharacterSet(elementValue: element.bytes ?? [])
            if !context.characterSet.isKnown {
                reader.record(.unknownCharacterSet, tag: element.tag, offset: reader.offset)
            }
        case .pixelRepresentation:
            context.isSigned = element.bytes?.first == 1
        default:
            hasPrivate = hasPrivate || element.tag.isPrivate
        }
        elements.append(element)
    }

    /// Notes tags that do not ascend; the set of tags is only kept once one did not.
    private mutating func noteOrder(of tag: Tag, in reader: inout DataSetReader) {
        if let lastTag, tag <= lastTag, seen.isEmpty { seen = Set(elements.map(\.tag)) }
        guard !seen.isEmpty else { return }
        let isNew = seen.insert(tag).inserted
        guard !isNew || lastTag.map({ tag < $0 }) ?? false else { return }
        reader.record(isNew ? .outOfOrderTag : .duplicateTag, tag: tag, offset: reader.offset)
    }

    /// The data set, in order and without duplicates.
    func finish(_ reader: inout DataSetReader) -> DataSet {
        let dataSet = DataSet(elements, characterSet: context.characterSet)
        guard hasPrivate else { return dataSet }
        for element in dataSet {
            guard let owner = element.tag.privateCreatorTag, dataSet[owner] == nil else { continue }
            reader.record(.missingPrivateCreator, tag: element.tag)
        }
        return dataSet
    }
}
