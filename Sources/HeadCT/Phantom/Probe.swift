import Foundation
import Tensors

/// Scratch.
package enum PhantomProbe {
    /// Scratch.
    package static func run(_ arguments: [String]) -> String {
        guard arguments.count > 2 else { return "" }
        var hospital = SimulatedHospital()
        var name = arguments[1]
        let out = URL(fileURLWithPath: arguments[2])
        switch name {
        case "university":
            hospital.postoperativeFraction = 0.25
            hospital.hardwareFraction = 0.2
            hospital.exams = 24
            hospital.prevalence = 0.6
        case "community":
            hospital.scanner.sliceThicknessMM = 8
            hospital.scanner.kernel = .medium
            hospital.exams = 16
            hospital.prevalence = 0.5
        case "childrens":
            hospital.ageYears = [0, 17]
            hospital.exams = 16
            hospital.prevalence = 0.5
        default:
            hospital.scanner.matrix = 512
            hospital.exams = 6
            hospital.prevalence = 0.5
            name = "fine"
        }
        let seed: UInt64 = 7
        let simulator = ScanSimulator(hospital: hospital, seed: seed)
        var text = ""
        let clock = ContinuousClock()
        for exam in ExamPlanner(hospital: hospital, seed: seed).exams() {
            var scan: PhantomScan?
            let time = clock.measure { scan = simulator.scan(exam) }
            guard let scan else { continue }
            let ms = Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3
            text += "\(exam.index) age \(Int(exam.ageYears)) post \(exam.isPostoperative) imp \(exam.implant?.rawValue ?? "-") "
            text += "n \(scan.slices.count) \(Int(ms)) ms shift \(Int(scan.midlineShiftMM)) "
            for l in scan.lesions {
                text += "[\(l.type.abbreviation) plan \(l.plannedML) ana \(l.analyticML) vox \(l.voxelML) hu \(Int(l.hounsfield)) exp \(l.isExpected)] "
            }
            text += "\n"
            var bytes: [UInt8] = []
            for (k, slice) in scan.slices.enumerated() {
                for v in slice { let u = UInt16(bitPattern: v); bytes += [UInt8(u & 255), UInt8(u >> 8)] }
                bytes += scan.masks[k] ?? [UInt8](repeating: 0, count: slice.count)
            }
            try? Data(bytes).write(to: out.appendingPathComponent("\(name)-\(exam.index)-\(hospital.scanner.matrix).bin"))
        }
        return text
    }
}
