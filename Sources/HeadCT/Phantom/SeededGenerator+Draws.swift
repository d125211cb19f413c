import Foundation
import Tensors

extension SeededGenerator {
    /// A number of the uniform distribution over a range.
    mutating func draw(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * nextUniform()
    }

    /// A single-precision number of the uniform distribution over a range.
    mutating func drawFloat(_ range: ClosedRange<Double>) -> Float { Float(draw(range)) }

    /// A number whose logarithm is uniform over a range of positive numbers.
    mutating func drawLogarithmic(_ range: ClosedRange<Double>) -> Double {
        exp(draw(log(range.lowerBound)...log(range.upperBound)))
    }

    /// Whether an event of this probability happens.
    mutating func happens(_ probability: Double) -> Bool { nextUniform() < probability }

    /// One element of a collection that is not empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[nextIndex(below: elements.count)]
    }

    /// -1 or 1.
    mutating func drawSign() -> Float { happens(0.5) ? 1 : -1 }

    /// As many decimal digits as asked, the first of them not 0.
    mutating func drawDigits(_ count: Int) -> String {
        (0..<count).map { String(nextIndex(below: $0 == 0 ? 9 : 10) + ($0 == 0 ? 1 : 0)) }.joined()
    }

    /// A new DICOM UID under 2.25 (PS3.5 section B.2).
    mutating func drawUID() -> String {
        "2.25." + UInt128(high: next() | 1 << 63, low: next()).description
    }
}

extension UInt128 {
    /// The number with these two halves.
    init(high: UInt64, low: UInt64) { self = UInt128(high) << 64 | UInt128(low) }
}
