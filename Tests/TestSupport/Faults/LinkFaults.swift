package import NIOCore

/// What a link does to the bytes that go one way on one connection.
package struct LinkFaults: Sendable, Hashable {
    /// The loss of segments as TCP's users feel it.
    ///
    /// TCP repairs a lost segment after its retransmission timeout, which doubles with each loss of the
    /// same segment; meanwhile nothing behind it is delivered. So a loss is a stall here, and a segment
    /// that is lost too often in a row ends the connection, as the kernel's retry limit does.
    package struct Loss: Sendable, Hashable {
        /// The share of segments that are lost, 0 to 1.
        package var share: Double
        /// The first retransmission timeout; Linux has 200 ms at least.
        package var timeout: TimeAmount
        /// The losses of one segment in a row that end the connection; Linux has 15.
        package var attemptsMax: Int

        /// Describes a loss.
        package init(share: Double, timeout: TimeAmount, attemptsMax: Int) {
            self.share = share
            self.timeout = timeout
            self.attemptsMax = attemptsMax
        }
    }

    /// Every byte is this late.
    package var delay = TimeAmount.zero
    /// The most bytes a second.
    package var bytesPerSecond: Int?

    /// What the kernel may take from who sends: little on a slow link, so that it is felt there, and
    /// more than a small window on any other, which would be slow for it.
    var receiveBufferBytes: Int { bytesPerSecond == nil ? 512 * 1024 : 16 * 1024 }
    /// The connection is reset instead of delivering this byte, counted from 0.
    package var cutAt: Int?
    /// One bit of this byte is another one.
    package var corruptAt: Int?
    /// Neither this byte nor any after it is delivered, and nobody is told.
    package var silentFrom: Int?
    /// Segments that are lost.
    package var loss: Loss?

    /// A link without faults.
    package init() {}
}

/// The two ways through a proxy.
package enum LinkWay: Sendable, Hashable, CaseIterable {
    /// From who dials to who listens.
    case up
    /// Back.
    case down
}
