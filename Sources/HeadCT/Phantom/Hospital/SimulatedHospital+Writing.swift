package import Foundation
import Tensors

extension SimulatedHospital {
    /// Writes the hospital's export: `dicom/`, `labels/` and `masks/` in a folder.
    ///
    /// The same settings, site and seed give the same files. Existing files are replaced; the folder
    /// should be empty or absent.
    /// Parameters:
    ///   `folder`: The hospital's folder.
    ///   `siteID`: The site's identifier; two sites with one seed have different patients.
    ///   `seed`: The seed of the whole federation.
    ///   `plantedIdentities`: Where to write ``PlantedIdentities`` as JSON, outside the hospital;
    ///     nil for not at all.
    ///   `progress`: Called after each exam with the number of exams done and of all.
    /// - Throws: ``HeadCTError`` `invalid-contract` for settings that cannot be, and errors of the
    ///   file system.
    package func write(
        to folder: URL,
        siteID: String,
        seed: UInt64,
        plantedIdentities: URL? = nil,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> SimulationSummary {
        guard problems.isEmpty else {
            throw HeadCTError(
                .invalidContract,
                "simulation: " + problems.joined(separator: "; ")
            )
        }
        var export = HospitalExport(hospital: self, siteID: siteID, seed: seed, folder: folder)
        return try export.run(plantedIdentities: plantedIdentities, progress: progress)
    }
}
