import DICOM
import Deidentification
import Foundation
import HeadCT
import TestSupport
import Testing

@Test func probe() throws {
    let d = try TestKeys.deidentifier()
    for site in 0..<3 {
        let folder = URL(filePath: "/tmp/deidsim\(site)")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var json = #"{"exams": 12, "prevalence": 0.3, "postoperativeFraction": 0.4, "hardwareFraction": 0.4, "localizers": 2, "dosePages": 2, "burnedInSlices": 3, "scanner": {"manufacturer": "Nordlicht", "model": "Somnus 64", "kernel": "medium", "kernelName": "H31s", "matrix": MM, "sliceThicknessMM": 5}}"#
        json = json.replacingOccurrences(of: "MM,", with: ["128,", "256,", "128,"][site])
        if site == 2 { json = json.replacingOccurrences(of: "medium", with: "sharp") }
        let hospital = try JSONDecoder().decode(SimulatedHospital.self, from: Data(json.utf8))
        let summary = try hospital.write(to: folder, siteID: "s\(site)", seed: UInt64(site + 1)) { _, _ in }
        print("PROBE", summary)
        var counts: [String: Int] = [:]
        let found = FileManager.default.enumerator(at: folder.appending(path: "dicom"), includingPropertiesForKeys: nil)
        let t0 = ContinuousClock().now
        var shown = false
        for case let url as URL in found! where !url.hasDirectoryPath {
            guard let file = try? DICOMFile(reading: [UInt8](Data(contentsOf: url))) else { counts["unreadable", default: 0] += 1; continue }
            do {
                let o = try d.deidentify(file); counts["ok", default: 0] += 1
                if !shown { shown = true; for e in o.dataSet where e.vr.isText { print("PROBE", e.tag, o.dataSet.strings(e.tag)) } }
            } catch { counts[error.code.rawValue, default: 0] += 1
                if error.code == .verificationFailed || error.code == .missingAttribute { print("PROBE", url.lastPathComponent, error) } }
        }
        print("PROBE", counts.sorted { $0.key < $1.key }, ContinuousClock().now - t0)
    }
}
