internal import CKernels

/// The CPUs our loops are compiled for.
package enum InstructionSet: String, Sendable, Hashable, CaseIterable, Codable {
    case baseline, avx2, avx512

    /// The best one of this CPU.
    package static var best: InstructionSet {
        switch ck_best_level() {
        case ck_avx512: .avx512
        case ck_avx2: .avx2
        default: .baseline
        }
    }

    /// Those this CPU can run.
    package static var available: [InstructionSet] {
        switch best {
        case .baseline: [.baseline]
        case .avx2: [.baseline, .avx2]
        case .avx512: allCases
        }
    }

    var level: ck_level {
        switch self {
        case .baseline: ck_baseline
        case .avx2: ck_avx2
        case .avx512: ck_avx512
        }
    }
}
