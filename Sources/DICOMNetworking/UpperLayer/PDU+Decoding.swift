import NIOCore

extension PDU {
    /// Reads the next unit; nil if it is not all there yet.
    ///
    /// Type and length are judged as soon as the header is there, so that nothing is gathered
    /// beyond `maximumLength`, or ``associateLengthMax`` for a request.
    /// - Throws: ``ProtocolViolation``.
    static func read(
        from buffer: inout ByteBuffer,
        maximumLength: Int
    ) throws(ProtocolViolation) -> PDU? {
        let start = buffer.readerIndex
        guard let type = buffer.getInteger(at: start, as: UInt8.self) else { return nil }
        guard let kind = Kind(rawValue: type) else {
            throw ProtocolViolation(.unrecognizedPDU, "a PDU begins with \(type), not 1 to 7")
        }
        guard let length = buffer.getInteger(at: start + 2, as: UInt32.self).map(Int.init) else {
            return nil
        }
        guard kind.lengths(maximumLength).contains(length) else {
            throw ProtocolViolation(
                .invalidParameter,
                "a PDU of type \(type) states a length of \(length) bytes"
            )
        }
        guard buffer.readableBytes >= headerLength + length else { return nil }
        buffer.moveReaderIndex(forwardBy: headerLength)
        guard let body = buffer.readSlice(length: length) else { return nil }
        return try PDU(kind, body)
    }

    private init(_ kind: Kind, _ body: ByteBuffer) throws(ProtocolViolation) {
        var body = body
        switch kind {
        case .associateRequest: self = .associateRequest(try AssociateRequest(reading: &body))
        case .data: self = .data(try Self.values(&body))
        case .releaseRequest: self = .releaseRequest
        case .releaseReply: self = .releaseReply
        case .abort:
            let reason = body.getInteger(at: body.readerIndex + 3, as: UInt8.self) ?? 0
            self = .abort(ProtocolViolation.Reason(rawValue: reason) ?? .notSpecified)
        case .associateAccept, .associateReject:
            throw ProtocolViolation(.unexpectedPDU, "an answer to an association nobody asked for")
        }
    }

    private static func values(
        _ body: inout ByteBuffer
    ) throws(ProtocolViolation) -> [PresentationDataValue] {
        var values: [PresentationDataValue] = []
        while body.readableBytes > 0 {
            guard let length = body.readInteger(as: UInt32.self).map(Int.init), length >= 2,
                let context = body.readInteger(as: UInt8.self),
                let control = body.readInteger(as: UInt8.self),
                let bytes = body.readSlice(length: length - 2)
            else {
                throw ProtocolViolation(
                    .invalidParameter,
                    "the length of presentation data value \(values.count + 1) does not fit its PDU"
                )
            }
            values.append(
                PresentationDataValue(
                    contextID: context,
                    isCommand: control & 1 == 1,
                    isLast: control & 2 == 2,
                    bytes: bytes
                )
            )
        }
        guard !values.isEmpty else {
            throw ProtocolViolation(.invalidParameter, "a P-DATA-TF that holds nothing")
        }
        return values
    }
}

extension PDU.Kind {
    /// The lengths a body may have.
    fileprivate func lengths(_ maximum: Int) -> ClosedRange<Int> {
        switch self {
        case .associateRequest, .associateAccept: 68...PDU.associateLengthMax
        case .data: 6...maximum
        case .associateReject, .releaseRequest, .releaseReply, .abort: 4...4
        }
    }
}
