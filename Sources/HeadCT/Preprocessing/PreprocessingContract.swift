import Crypto
import Foundation

/// Everything that decides which numbers a network sees of an exam; the section "preprocessing" of
/// a plan.
///
/// Two sites are comparable only under the same ``digest``.
package struct PreprocessingContract: Sendable, Hashable, Codable {
    /// How a window's 0...1 is handed to the network.
    package enum Range: String, Sendable, Hashable, Codable {
        /// As it is, 0...1.
        case unit
        /// Shifted and stretched to -1...1.
        case centred
    }

    /// The distance of prepared slices in mm; thinner slices are averaged to it, thicker ones kept.
    package let sliceSpacingMM: Double
    /// The distance of prepared pixels in mm.
    package let pixelSpacingMM: Double
    /// The rows and columns of a prepared slice.
    package let gridSize: Int
    /// The slices of a slab; odd, the middle one is scored.
    package let slabDepth: Int
    /// The windows, one input channel each.
    package let windows: [Window]
    /// The range of the input values.
    package let range: Range

    /// Makes a contract.
    ///
    /// - Throws: `invalid-contract`, naming every value that is out of bounds.
    package init(
        sliceSpacingMM: Double,
        pixelSpacingMM: Double,
        gridSize: Int,
        slabDepth: Int,
        windows: [Window],
        range: Range = .unit
    ) throws(HeadCTError) {
        self.sliceSpacingMM = sliceSpacingMM
        self.pixelSpacingMM = pixelSpacingMM
        self.gridSize = gridSize
        self.slabDepth = slabDepth
        self.windows = windows
        self.range = range
        let problems = self.problems
        guard problems.isEmpty else {
            throw HeadCTError(.invalidContract, problems.joined(separator: "; "))
        }
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            sliceSpacingMM: values.decode(Double.self, forKey: .sliceSpacingMM),
            pixelSpacingMM: values.decode(Double.self, forKey: .pixelSpacingMM),
            gridSize: values.decode(Int.self, forKey: .gridSize),
            slabDepth: values.decode(Int.self, forKey: .slabDepth),
            windows: values.decode([Window].self, forKey: .windows),
            range: values.decodeIfPresent(Range.self, forKey: .range) ?? .unit
        )
    }

    /// What is out of bounds, in words.
    private var problems: [String] {
        var result: [String] = []
        if !(0.1...50).contains(sliceSpacingMM) { result.append("sliceSpacingMM not in 0.1...50") }
        if !(0.1...50).contains(pixelSpacingMM) { result.append("pixelSpacingMM not in 0.1...50") }
        if !(8...1024).contains(gridSize) { result.append("gridSize not in 8...1024") }
        if !(1...31).contains(slabDepth) || slabDepth.isMultiple(of: 2) {
            result.append("slabDepth not odd in 1...31")
        }
        if !(1...8).contains(windows.count) { result.append("not 1 to 8 windows") }
        for window in windows where !(window.width >= 1 && window.width.isFinite) {
            result.append("a window narrower than 1 HU")
        }
        return result
    }

    /// The version of the code that turns images into tensors; part of the digest.
    package static let version = "head-ct-preprocessing/1"

    /// SHA-256 in hexadecimal of the version and all values.
    package var digest: String {
        let lines =
            [
                Self.version, "sliceSpacingMM=\(sliceSpacingMM)",
                "pixelSpacingMM=\(pixelSpacingMM)",
                "gridSize=\(gridSize)", "slabDepth=\(slabDepth)", "range=\(range.rawValue)",
            ] + windows.map { "window=\($0.center)/\($0.width)" }
        return SHA256.hash(data: Data(lines.joined(separator: "\n").utf8))
            .map { String(format: "%02x", $0) }.joined()
    }

    /// The shape of a slab: windows, slab depth, rows, columns.
    package var slabShape: [Int] { [windows.count, slabDepth, gridSize, gridSize] }
}
