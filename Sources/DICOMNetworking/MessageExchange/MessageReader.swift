import NIOCore

/// Puts the fragments of an association together to messages, one at a time, as a value.
///
/// Only the command set is gathered; the data set is handed on fragment by fragment.
struct MessageReader: Sendable {
    /// What a fragment brought.
    enum Event: Sendable, Hashable {
        /// A request without data set.
        case request(MessageRequest)
        /// A request whose data set follows.
        case begin(MessageRequest)
        /// Part of the data set.
        case bytes(ByteBuffer)
        /// The data set is over.
        case end
    }

    private enum State: Sendable {
        case command(ByteBuffer, contextID: UInt8?)
        case dataSet(contextID: UInt8)
    }

    private var state = State.command(ByteBuffer(), contextID: nil)
    private let commandBytesMax: Int

    /// A reader at the start of an association.
    init(commandBytesMax: Int = ReceiverLimits.standard.commandBytesMax) {
        self.commandBytesMax = commandBytesMax
    }

    /// Takes the next fragment.
    ///
    /// - Throws: ``ProtocolViolation`` if the fragment may not come now or cannot be read.
    mutating func take(_ value: PresentationDataValue) throws(ProtocolViolation) -> [Event] {
        switch state {
        case .command(let gathered, let context):
            guard value.isCommand, context == nil || context == value.contextID else {
                throw ProtocolViolation(.unexpectedParameter, "a data set without its command")
            }
            return try command(gathered, value)
        case .dataSet(let context):
            guard !value.isCommand, value.contextID == context else {
                throw ProtocolViolation(.unexpectedParameter, "a command inside a data set")
            }
            guard value.isLast else { return [.bytes(value.bytes)] }
            state = .command(ByteBuffer(), contextID: nil)
            return [.bytes(value.bytes), .end]
        }
    }

    private mutating func command(
        _ gathered: ByteBuffer,
        _ value: PresentationDataValue
    ) throws(ProtocolViolation) -> [Event] {
        var gathered = gathered
        guard gathered.readableBytes + value.bytes.readableBytes <= commandBytesMax else {
            throw ProtocolViolation(
                .invalidParameter,
                "a command set of more than \(commandBytesMax) bytes"
            )
        }
        gathered.writeImmutableBuffer(value.bytes)
        guard value.isLast else {
            state = .command(gathered, contextID: value.contextID)
            return []
        }
        let request = try MessageRequest(
            CommandSet(reading: gathered),
            contextID: value.contextID
        )
        guard request.hasDataSet else {
            state = .command(ByteBuffer(), contextID: nil)
            return [.request(request)]
        }
        state = .dataSet(contextID: value.contextID)
        return [.begin(request)]
    }
}
