import NIOCore

/// A request of PS3.7 that came, without its data set.
struct MessageRequest: Sendable, Hashable {
    /// The operations that are known here (PS3.7 section E.1); a response has bit 15 set.
    enum Operation: UInt16 {
        case store = 0x0001
        case echo = 0x0030
    }

    /// The presentation context it came in.
    let contextID: UInt8
    /// Its command field, whether or not the operation is known.
    let field: UInt16
    /// Its number, given back in the response.
    let messageID: UInt16
    /// The SOP class it is about.
    let sopClass: UniqueIdentifier?
    /// The SOP instance it is about.
    let sopInstance: UniqueIdentifier?
    /// Whether a data set follows.
    let hasDataSet: Bool

    /// The operation; nil if it is not known here.
    var operation: Operation? { Operation(rawValue: field) }

    /// Reads the command set of a request.
    init(_ command: CommandSet, contextID: UInt8) throws(ProtocolViolation) {
        guard let field = command.number(.commandField), let id = command.number(.messageID),
            let dataSetType = command.number(.dataSetType)
        else {
            throw ProtocolViolation(
                .invalidParameter,
                "a command without command field, message id or data set type"
            )
        }
        self.contextID = contextID
        self.field = field
        messageID = id
        sopClass = command.uid(.affectedSOPClassUID)
        sopInstance = command.uid(.affectedSOPInstanceUID)
        hasDataSet = dataSetType != CommandSet.noDataSet
    }

    /// The unit that answers it.
    func response(_ status: MessageStatus) -> PDU {
        var command = CommandSet()
        if let sopClass { command.set(.affectedSOPClassUID, sopClass) }
        if let sopInstance { command.set(.affectedSOPInstanceUID, sopInstance) }
        command.set(.commandField, field | 0x8000)
        command.set(.messageIDBeingRespondedTo, messageID)
        command.set(.dataSetType, CommandSet.noDataSet)
        command.set(.status, status.rawValue)
        return .data([
            PresentationDataValue(
                contextID: contextID,
                isCommand: true,
                isLast: true,
                bytes: command.encoded
            )
        ])
    }
}
