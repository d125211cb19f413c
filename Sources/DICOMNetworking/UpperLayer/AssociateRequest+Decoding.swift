import NIOCore

extension AssociateRequest {
    /// The types of items and sub-items (PS3.8 sections 9.3.2 and D.1, PS3.7 section D.3.3).
    private enum Item {
        static let applicationContext: UInt8 = 0x10
        static let presentationContext: UInt8 = 0x20
        static let abstractSyntax: UInt8 = 0x30
        static let transferSyntax: UInt8 = 0x40
        static let userInformation: UInt8 = 0x50
        static let maximumLength: UInt8 = 0x51
    }

    /// The most contexts: their numbers are odd and below 256.
    private static let contextsMax = 128

    /// Reads the body of an A-ASSOCIATE-RQ; items that are not known are passed over.
    init(reading body: inout ByteBuffer) throws(ProtocolViolation) {
        guard let versions = body.readInteger(as: UInt16.self), body.skip(2),
            let called = body.readBytes(length: 16), let calling = body.readBytes(length: 16),
            body.skip(32)
        else { throw ProtocolViolation(.invalidParameter, "an A-ASSOCIATE-RQ is cut short") }
        var applicationContext = ""
        var contexts: [Context] = []
        var maximumLength = 0
        while var item = try body.readItem() {
            switch item.type {
            case Item.applicationContext: applicationContext = try item.content.readUID()
            case Item.presentationContext:
                contexts.append(try Self.context(&item.content))
                guard contexts.count <= Self.contextsMax else {
                    throw ProtocolViolation(.invalidParameter, "more than 128 contexts")
                }
            case Item.userInformation: maximumLength = try Self.maximumLength(&item.content)
            default: continue
            }
        }
        guard Set(contexts.map(\.id)).count == contexts.count else {
            throw ProtocolViolation(.invalidParameter, "two presentation contexts of one number")
        }
        self.init(
            protocolVersions: versions,
            called: ApplicationEntityTitle(String(decoding: called, as: UTF8.self)),
            calling: ApplicationEntityTitle(String(decoding: calling, as: UTF8.self)),
            applicationContext: applicationContext,
            contexts: contexts,
            maximumLength: maximumLength
        )
    }

    private static func context(
        _ content: inout ByteBuffer
    ) throws(ProtocolViolation) -> Context {
        guard let id = content.readInteger(as: UInt8.self), id % 2 == 1, content.skip(3) else {
            throw ProtocolViolation(.invalidParameter, "a presentation context without odd number")
        }
        var abstractSyntax = ""
        var transferSyntaxes: [String] = []
        while var item = try content.readItem() {
            switch item.type {
            case Item.abstractSyntax: abstractSyntax = try item.content.readUID()
            case Item.transferSyntax: transferSyntaxes.append(try item.content.readUID())
            default: continue
            }
        }
        guard !abstractSyntax.isEmpty, !transferSyntaxes.isEmpty else {
            throw ProtocolViolation(.invalidParameter, "presentation context \(id) lacks a syntax")
        }
        return Context(id: id, abstractSyntax: abstractSyntax, transferSyntaxes: transferSyntaxes)
    }

    private static func maximumLength(
        _ content: inout ByteBuffer
    ) throws(ProtocolViolation) -> Int {
        var length = 0
        while var item = try content.readItem() {
            guard item.type == Item.maximumLength else { continue }
            guard let stated = item.content.readInteger(as: UInt32.self) else {
                throw ProtocolViolation(.invalidParameter, "the maximum length item is cut short")
            }
            length = Int(stated)
        }
        return length
    }
}

extension ByteBuffer {
    /// Passes over bytes; false if there are fewer.
    fileprivate mutating func skip(_ count: Int) -> Bool {
        guard readableBytes >= count else { return false }
        moveReaderIndex(forwardBy: count)
        return true
    }

    /// The next item with its content; nil at the end.
    fileprivate mutating func readItem() throws(ProtocolViolation) -> (
        type: UInt8, content: ByteBuffer
    )? {
        guard readableBytes > 0 else { return nil }
        guard let type = readInteger(as: UInt8.self), skip(1),
            let length = readInteger(as: UInt16.self), let content = readSlice(length: Int(length))
        else {
            throw ProtocolViolation(.invalidParameter, "an item is longer than what holds it")
        }
        return (type, content)
    }

    /// The rest as a UID; padding by NUL and space is taken though PS3.8 has none.
    fileprivate mutating func readUID() throws(ProtocolViolation) -> String {
        let bytes = readBytes(length: readableBytes) ?? []
        let end = (bytes.lastIndex { $0 != 0 && $0 != 0x20 } ?? -1) + 1
        guard let uid = UniqueIdentifier(bytes[..<end]) else {
            throw ProtocolViolation(.invalidParameter, "an item holds no valid UID")
        }
        return uid.rawValue
    }
}
