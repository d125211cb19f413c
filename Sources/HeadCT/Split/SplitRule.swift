import Crypto

/// Assigns patients to training or test by a hash, one patient at a time.
///
/// A patient's part depends on the pseudonym, the seed and the fraction alone: exams that arrive
/// later move nobody, and all exams of a patient fall together. The price is that the share of test
/// patients is met on average only, and is not balanced by label; a small site may end without a
/// positive in one part, which the comparison then says.
package enum SplitRule {
    /// The part of one patient.
    ///
    /// - Parameters:
    ///   - patientPseudonym: The patient's pseudonym at this site.
    ///   - seed: The plan's seed.
    ///   - testFraction: The share of patients to test on, 0...1.
    /// - Returns: `test` for that share of pseudonyms; a larger fraction keeps those already in it.
    package static func split(
        patientPseudonym: String,
        seed: UInt64,
        testFraction: Double
    ) -> Split {
        precondition((0...1).contains(testFraction), "the test fraction is a share from 0 to 1")
        return unitHash(patientPseudonym: patientPseudonym, seed: seed) < testFraction
            ? .test : .train
    }

    /// A value in 0..<1 that is uniform over pseudonyms: the first 53 bits of SHA-256 of seed and
    /// pseudonym.
    static func unitHash(patientPseudonym: String, seed: UInt64) -> Double {
        var hash = SHA256()
        hash.update(data: Array("head-ct-split/1\0\(seed)\0\(patientPseudonym)".utf8))
        let first = hash.finalize().prefix(8).reduce(UInt64(0)) { (value: UInt64, byte: UInt8) in
            value << 8 | UInt64(byte)
        }
        return Double(first >> 11) * 0x1p-53
    }
}
