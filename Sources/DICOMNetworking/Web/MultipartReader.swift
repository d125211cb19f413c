import Foundation
package import NIOCore

/// Takes a `multipart/related` body apart as it arrives (RFC 2046 section 5.1, RFC 2387), as a value.
///
/// It keeps no more than a boundary and the headers of a part.
package struct MultipartReader: Sendable {
    /// What was found.
    package enum Event: Sendable, Hashable {
        /// A part begins; its Content-Type in lower case.
        case begin(contentType: String)
        /// Bytes of the part.
        case bytes(ByteBuffer)
        /// The part is over.
        case end
    }

    /// What is wrong with a body.
    package struct Malformed: Error, Hashable {
        /// What is wrong, without any received text.
        package let reason: String
    }

    private enum State: Sendable {
        case preamble
        case headers
        case content
        case epilogue
    }

    private static let headerBytesMax = 16 * 1024

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var buffer: ByteBuffer

    /// A reader of bodies whose parts are divided by a boundary.
    package init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary may begin the body; then its line break is not there.
        buffer = ByteBuffer(bytes: [0x0D, 0x0A])
    }

    /// The boundary of a Content-Type; nil if it is not `multipart/related` or has none.
    package static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/related") else { return nil }
        for part in contentType.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else {
                continue
            }
            let value = pair[1].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            let boundary = String(value).filter { $0 != "\"" }
            return (1...200).contains(boundary.utf8.count) ? boundary : nil
        }
        return nil
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``Malformed``.
    package mutating func take(_ bytes: ByteBuffer) throws(Malformed) -> [Event] {
        buffer.writeImmutableBuffer(bytes)
        var events: [Event] = []
        while try step(&events) {}
        buffer.discardReadBytes()
        return events
    }

    /// The body is over.
    ///
    /// - Throws: ``Malformed`` if it ends inside a part.
    package func finish() throws(Malformed) {
        guard case .epilogue = state else { throw Malformed(reason: "the answer ends too early") }
    }

    /// Goes on as far as the bytes allow; false if more are needed.
    private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
        switch state {
        case .preamble: return try delimited(&events, isContent: false)
        case .content: return try delimited(&events, isContent: true)
        case .headers: return try headers(&events)
        case .epilogue:
            buffer.clear()
            return false
        }
    }

    private mutating func delimited(
        _ events: inout [Event],
        isContent: Bool
    ) throws(Malformed) -> Bool {
        guard let place = buffer.firstIndex(of: delimiter) else {
            // What could be the start of a boundary stays.
            let safe = max(0, buffer.readableBytes - delimiter.count)
            if let bytes = buffer.readSlice(length: safe), isContent, safe > 0 {
                events.append(.bytes(bytes))
            }
            return false
        }
        // The two bytes after the boundary say whether it is the last.
        let after = place + delimiter.count
        guard let first = buffer.getInteger(at: after, as: UInt8.self),
            let second = buffer.getInteger(at: after + 1, as: UInt8.self)
        else { return false }
        let bytes = buffer.readSlice(length: place - buffer.readerIndex)
        if isContent {
            if let bytes, bytes.readableBytes > 0 { events.append(.bytes(bytes)) }
            events.append(.end)
        }
        buffer.moveReaderIndex(forwardBy: delimiter.count)
        state = first == 0x2D && second == 0x2D ? .epilogue : .headers
        return true
    }

    /// The rest of the boundary's line and the headers, up to an empty line.
    private mutating func headers(_ events: inout [Event]) throws(Malformed) -> Bool {
        guard let end = buffer.firstIndex(of: [0x0D, 0x0A, 0x0D, 0x0A]) else {
            guard buffer.readableBytes <= Self.headerBytesMax else {
                throw Malformed(reason: "the headers of a part are too long")
            }
            return false
        }
        let length = end + 4 - buffer.readerIndex
        let text = buffer.readString(length: length) ?? ""
        let type = text.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-type:")
        }
        let value = type?.dropFirst("content-type:".count).drop { $0 == " " } ?? ""
        events.append(.begin(contentType: value.lowercased()))
        state = .content
        return true
    }
}

extension ByteBuffer {
    /// Where a pattern begins among the readable bytes.
    fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
        unsafe withUnsafeReadableBytes { bytes -> Int? in
            var start = 0
            while start + pattern.count <= bytes.count {
                let rest = unsafe bytes[start...]
                guard let next = unsafe rest.firstIndex(of: pattern[0]),
                    next + pattern.count <= bytes.count
                else { return nil }
                if unsafe bytes[next..<next + pattern.count].elementsEqual(pattern) {
                    return next + readerIndex
                }
                start = next + 1
            }
            return nil
        }
    }
}
