import NIOCore

/// Cuts the bytes of a connection into units; after a violation the rest is thrown away.
struct UnitDecoder: ByteToMessageDecoder {
    typealias InboundOut = Arrival

    private let maximumLength: Int
    private var isBroken = false

    init(maximumLength: Int) { self.maximumLength = maximumLength }

    mutating func decode(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer
    ) -> DecodingState {
        guard !isBroken else {
            buffer.clear()
            return .needMoreData
        }
        do throws(ProtocolViolation) {
            guard let unit = try PDU.read(from: &buffer, maximumLength: maximumLength) else {
                return .needMoreData
            }
            context.fireChannelRead(wrapInboundOut(.unit(unit)))
            return .continue
        } catch {
            isBroken = true
            buffer.clear()
            context.fireChannelRead(wrapInboundOut(.violation(error)))
            return .needMoreData
        }
    }

    mutating func decodeLast(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer,
        seenEOF: Bool
    ) -> DecodingState {
        decode(context: context, buffer: &buffer)
    }
}
