import CanonicalJSON
import Foundation
import Identity

/// Which of two clocks is wrong, in words.
package struct ClockComparison: Sendable, Hashable, Codable {
    /// This machine's clock less the coordinator's, in seconds.
    package let aheadSeconds: Int64
    /// Whether a time service disciplines this machine's clock.
    package let isOwnSynchronized: Bool
    /// Whether one disciplines the coordinator's.
    package let isOtherSynchronized: Bool

    /// Compares.
    package init(aheadSeconds: Int64, isOwnSynchronized: Bool, isOtherSynchronized: Bool) {
        self.aheadSeconds = aheadSeconds
        self.isOwnSynchronized = isOwnSynchronized
        self.isOtherSynchronized = isOtherSynchronized
    }

    /// Notes the comparison for `fedagent status`; what cannot be noted is only not shown.
    func note(in folder: SiteFolder) {
        guard let bytes = try? CanonicalEncoder().encode(self) else { return }
        try? OwnerOnlyFile.write(Data(bytes), to: folder.clocks)
    }

    /// The comparison noted last.
    static func noted(in folder: SiteFolder) -> ClockComparison? {
        guard let data = try? Data(contentsOf: folder.clocks) else { return nil }
        return try? CanonicalDecoder().decode(ClockComparison.self, from: [UInt8](data))
    }

    /// Whether people should be told: from 30 seconds on (Protocol.md section 3.2).
    package var isWorthWarning: Bool { abs(aheadSeconds) >= 30 }

    /// The difference and which clock to correct.
    package var text: String {
        let side = aheadSeconds > 0 ? "ahead of" : "behind"
        return
            "this machine's clock is \(abs(aheadSeconds)) s \(side) the coordinator's; \(culprit)"
    }

    private var culprit: String {
        switch (isOwnSynchronized, isOtherSynchronized) {
        case (false, true): "this machine's is not set by a time service: turn NTP on here"
        case (true, false): "the coordinator's is not set by a time service: tell the operator"
        case (false, false):
            "neither is set by a time service: turn NTP on here, and tell the operator"
        case (true, true): "both are set by a time service: compare both with a third clock"
        }
    }
}
