/// Units as a requestor writes them.
enum RequestorUnits {
    static func unit(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type, 0] + bigEndian(body.count) + body
    }

    static func item(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
        [type, 0, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }

    /// An A-ASSOCIATE-RQ for contexts of one transfer syntax each.
    static func associate(
        calling: String = "SCANNER",
        called: String = RunningReceiver.title,
        contexts: [(id: UInt8, abstract: String, transfer: String)] = [
            (1, RunningReceiver.ctImageStorage, "1.2.840.10008.1.2.1")
        ],
        applicationContext: String = "1.2.840.10008.3.1.1.1"
    ) -> [UInt8] {
        var body: [UInt8] = [0, 1, 0, 0]
        body += padded(called) + padded(calling) + [UInt8](repeating: 0, count: 32)
        body += item(0x10, Array(applicationContext.utf8))
        for context in contexts {
            let abstract = item(0x30, Array(context.abstract.utf8))
            let transfer = item(0x40, Array(context.transfer.utf8))
            body += item(0x20, [context.id, 0, 0, 0] + abstract + transfer)
        }
        body += item(0x50, item(0x51, bigEndian(16384)))
        return unit(1, body)
    }

    static func data(
        _ bytes: [UInt8],
        context: UInt8 = 1,
        isCommand: Bool,
        isLast: Bool = true
    ) -> [UInt8] {
        let control: UInt8 = (isCommand ? 1 : 0) | (isLast ? 2 : 0)
        return unit(4, bigEndian(bytes.count + 2) + [context, control] + bytes)
    }

    /// A command set of 16-bit numbers and UIDs.
    static func command(_ numbers: [(UInt16, UInt16)], uids: [(UInt16, String)] = []) -> [UInt8] {
        var bytes: [UInt8] = []
        for (number, value) in numbers {
            bytes += element(number, [UInt8(value & 255), UInt8(value >> 8)])
        }
        for (number, uid) in uids {
            let value = Array(uid.utf8)
            bytes += element(number, value.count % 2 == 1 ? value + [0] : value)
        }
        return bytes
    }

    static func store(instance: String = "1.2.3.4") -> [UInt8] {
        command(
            [(0x0100, 1), (0x0110, 7), (0x0700, 0), (0x0800, 1)],
            uids: [(0x0002, RunningReceiver.ctImageStorage), (0x1000, instance)]
        )
    }

    static let releaseRequest = unit(5, [0, 0, 0, 0])

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    private static func element(_ number: UInt16, _ value: [UInt8]) -> [UInt8] {
        let length = (0..<4).map { UInt8(truncatingIfNeeded: value.count >> ($0 * 8)) }
        return [0, 0, UInt8(number & 255), UInt8(number >> 8)] + length + value
    }

    private static func padded(_ title: String) -> [UInt8] {
        Array((title + String(repeating: " ", count: 16)).utf8.prefix(16))
    }
}
