import Foundation

/// The natural logarithm that the generators use.
///
/// One place, so that the sequence of Gaussian numbers depends on one function of the C library.
enum Logarithm {
    static func natural(_ value: Double) -> Double { log(value) }
}
