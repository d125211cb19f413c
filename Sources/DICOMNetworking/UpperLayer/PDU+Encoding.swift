import DICOM
import NIOCore

extension PDU {
    /// Appends the unit as the acceptor sends it.
    ///
    /// A request is never sent: this side only answers.
    func write(to buffer: inout ByteBuffer) {
        switch self {
        case .associateRequest: preconditionFailure("an acceptor sends no A-ASSOCIATE-RQ")
        case .associateAccept(let accept):
            Self.write(.associateAccept, to: &buffer) { accept.write(to: &$0) }
        case .associateReject(let rejection):
            Self.write(.associateReject, to: &buffer) { $0.writeBytes([0] + rejection.numbers) }
        case .data(let values):
            Self.write(.data, to: &buffer) { body in
                for value in values {
                    body.writeInteger(UInt32(value.bytes.readableBytes + 2))
                    body.writeInteger(value.contextID)
                    body.writeInteger(value.controlHeader)
                    body.writeImmutableBuffer(value.bytes)
                }
            }
        case .releaseRequest:
            Self.write(.releaseRequest, to: &buffer) { $0.writeBytes([0, 0, 0, 0]) }
        case .releaseReply:
            Self.write(.releaseReply, to: &buffer) { $0.writeBytes([0, 0, 0, 0]) }
        case .abort(let reason):
            // Source 2: the service provider.
            Self.write(.abort, to: &buffer) { $0.writeBytes([0, 0, 2, reason.rawValue]) }
        }
    }

    private static func write(
        _ kind: Kind,
        to buffer: inout ByteBuffer,
        _ body: (inout ByteBuffer) -> Void
    ) {
        var content = ByteBuffer()
        body(&content)
        buffer.writeInteger(kind.rawValue)
        buffer.writeInteger(UInt8(0))
        buffer.writeInteger(UInt32(content.readableBytes))
        buffer.writeBuffer(&content)
    }
}

extension AssociateAccept {
    fileprivate func write(to body: inout ByteBuffer) {
        body.writeInteger(UInt16(1))
        body.writeInteger(UInt16(0))
        body.writeBytes(called.field)
        body.writeBytes(calling.field)
        body.writeRepeatingByte(0, count: 32)
        body.writeItem(0x10) { $0.writeString(AssociationPolicy.applicationContext) }
        for (id, answer) in contexts {
            body.writeItem(0x21) { item in
                item.writeBytes([id, 0, answer.result, 0])
                // The syntax of a refused context means nothing, but has to be there.
                var syntax = TransferSyntax.implicitVRLittleEndian.uid
                if case .accepted(let accepted) = answer { syntax = accepted }
                item.writeItem(0x40) { $0.writeString(syntax) }
            }
        }
        body.writeItem(0x50) { user in
            user.writeItem(0x51) { $0.writeInteger(UInt32(maximumLength)) }
            user.writeItem(0x52) { $0.writeString(Implementation.current.classUID) }
            user.writeItem(0x55) { $0.writeString(Implementation.current.versionName) }
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func writeItem(_ type: UInt8, _ content: (inout ByteBuffer) -> Void) {
        var item = ByteBuffer()
        content(&item)
        writeInteger(type)
        writeInteger(UInt8(0))
        writeInteger(UInt16(item.readableBytes))
        writeBuffer(&item)
    }
}
