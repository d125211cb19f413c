/// Which part of a site's cohort an exam belongs to.
package enum Split: String, Sendable, Hashable, Codable, CaseIterable {
    case train
    case test
}
