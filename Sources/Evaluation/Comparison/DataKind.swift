/// What the data of a run are, which decides how its figures may be read.
package enum DataKind: String, Sendable, Hashable, Codable {
    /// Phantoms of simulated hospitals.
    case simulated
    /// Public data sets in the place of hospitals.
    case publicData = "public"
    /// Patients' data of real sites.
    case clinical
}
