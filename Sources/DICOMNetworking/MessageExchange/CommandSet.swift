import NIOCore

/// A command set of PS3.7: elements of group 0000 in Implicit VR Little Endian.
struct CommandSet: Sendable, Hashable {
    /// The element numbers that C-ECHO and C-STORE use (PS3.7 section E.1).
    enum Element: UInt16 {
        case groupLength = 0x0000
        case affectedSOPClassUID = 0x0002
        case commandField = 0x0100
        case messageID = 0x0110
        case messageIDBeingRespondedTo = 0x0120
        case dataSetType = 0x0800
        case status = 0x0900
        case affectedSOPInstanceUID = 0x1000
    }

    /// The value of (0000,0800) that says no data set follows.
    static let noDataSet: UInt16 = 0x0101

    private var values: [UInt16: [UInt8]] = [:]

    /// An empty command set.
    init() {}

    /// Reads a command set; elements that are not known are passed over.
    init(reading bytes: ByteBuffer) throws(ProtocolViolation) {
        var bytes = bytes
        while bytes.readableBytes > 0 {
            guard let group = bytes.readInteger(endianness: .little, as: UInt16.self),
                let element = bytes.readInteger(endianness: .little, as: UInt16.self),
                let length = bytes.readInteger(endianness: .little, as: UInt32.self),
                let value = bytes.readBytes(length: Int(length))
            else {
                throw ProtocolViolation(.invalidParameter, "a command element is cut short")
            }
            guard group == 0 else {
                throw ProtocolViolation(.invalidParameter, "a command with group \(group)")
            }
            values[element] = value
        }
    }

    /// A 16-bit number; nil if absent or of another length.
    func number(_ element: Element) -> UInt16? {
        guard let value = values[element.rawValue], value.count == 2 else { return nil }
        return UInt16(value[0]) | UInt16(value[1]) << 8
    }

    /// A UID; nil if absent or malformed.
    func uid(_ element: Element) -> UniqueIdentifier? {
        guard let value = values[element.rawValue] else { return nil }
        let end = (value.lastIndex { $0 != 0 && $0 != 0x20 } ?? -1) + 1
        return UniqueIdentifier(value[..<end])
    }

    /// Sets a 16-bit number.
    mutating func set(_ element: Element, _ number: UInt16) {
        values[element.rawValue] = [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
    }

    /// Sets a UID.
    mutating func set(_ element: Element, _ uid: UniqueIdentifier) {
        let bytes = Array(uid.rawValue.utf8)
        values[element.rawValue] = bytes.count.isMultiple(of: 2) ? bytes : bytes + [0]
    }

    /// The bytes with group length, elements ascending.
    var encoded: ByteBuffer {
        var body = ByteBuffer()
        for (element, value) in values.sorted(by: { $0.key < $1.key })
        where element != Element.groupLength.rawValue {
            Self.write(element, value, to: &body)
        }
        var buffer = ByteBuffer()
        let length = UInt32(body.readableBytes)
        Self.write(0, (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }, to: &buffer)
        buffer.writeBuffer(&body)
        return buffer
    }

    private static func write(_ element: UInt16, _ value: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt16(0), endianness: .little)
        buffer.writeInteger(element, endianness: .little)
        buffer.writeInteger(UInt32(value.count), endianness: .little)
        buffer.writeBytes(value)
    }
}
