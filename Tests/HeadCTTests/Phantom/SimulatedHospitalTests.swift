import Foundation
import HeadCT
import Testing

struct SimulatedHospitalTests {
    @Test func `the same seed gives the same bytes and another seed other ones`() throws {
        var settings = SimulatedHospital.small(exams: 4)
        settings.postoperativeFraction = 0.5
        settings.hardwareFraction = 0.5
        let first = try PhantomHospital(settings).files()
        let second = try PhantomHospital(settings).files()
        #expect(first.map(\.path) == second.map(\.path))
        #expect(first.map(\.bytes) == second.map(\.bytes))
        let images = Set(first.filter { $0.path.hasPrefix("dicom/") }.map(\.bytes))
        #expect(!images.isEmpty)
        let other = try PhantomHospital(settings, seed: 12).files()
        #expect(images.isDisjoint(with: other.map(\.bytes)))
        let elsewhere = try PhantomHospital(settings, siteID: "oak").files()
        #expect(images.isDisjoint(with: elsewhere.map(\.bytes)))
    }

    @Test func `shares and strata are as asked`() throws {
        var settings = SimulatedHospital.small(exams: 40, prevalence: 0.5)
        settings.scanner.matrix = 48
        settings.scanner.sliceThicknessMM = 10
        settings.postoperativeFraction = 0.2
        settings.hardwareFraction = 0.1
        settings.volumeMix = [0.1, 0.3, 0.4, 0.2]
        let summary = try PhantomHospital(settings).summary
        #expect(summary.exams.count == 40)
        #expect(summary.positiveCount == 20)
        #expect(summary.strataCounts(4) == [2, 6, 8, 4])
        #expect(summary.exams.count { $0.context.contains(.postoperative) } == 8)
        #expect(summary.exams.count { $0.context.contains(.hardware) } == 4)
        #expect(
            summary.exams.allSatisfy { settings.ageYears[0]...settings.ageYears[1] ~= $0.ageYears }
        )
        for type in HaemorrhageType.subtypes {
            #expect(summary.exams.contains { $0.labels[type] == true }, "no \(type.name)")
        }
    }

    @Test func `children have the pediatric context and small heads`() throws {
        var settings = SimulatedHospital.small(exams: 4, prevalence: 0)
        settings.ageYears = [0, 0.5]
        let infants = try PhantomHospital(settings).summary
        settings.ageYears = [30, 40]
        let adults = try PhantomHospital(settings).summary
        #expect(infants.exams.allSatisfy { $0.context == [.pediatric] })
        #expect(adults.exams.allSatisfy { $0.context == [.unremarkable] })
        #expect(infants.sliceCount < adults.sliceCount)
    }

    @Test func `voxels hold the volume that the shape has`() throws {
        var settings = SimulatedHospital.small(exams: 30, prevalence: 1)
        settings.scanner.matrix = 128
        settings.scanner.sliceThicknessMM = 5
        for exam in try PhantomHospital(settings).summary.exams {
            let error = abs(exam.voxelML / exam.analyticML - 1)
            let limit = exam.analyticML < 0.1 ? 0.05 : exam.analyticML < 1 ? 0.02 : 0.01
            #expect(error < limit, "\(exam.analyticML) mL differs by \(error)")
        }
    }

    @Test func `settings survive their encoding and have defaults`() throws {
        var settings = SimulatedHospital.small()
        settings.types = [.epidural: 1, .subdural: 2]
        settings.scanner.tiltDegrees = [-3, 4]
        let data = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(SimulatedHospital.self, from: data) == settings)
        let empty = try JSONDecoder().decode(SimulatedHospital.self, from: Data("{}".utf8))
        #expect(empty == SimulatedHospital())
        #expect(empty.problems.isEmpty)
    }

    @Test(arguments: [#"{"prevalance": 0.3}"#, #"{"scanner": {"sliceThickness": 5}}"#])
    func `misspelt settings are refused`(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SimulatedHospital.self, from: Data(text.utf8))
        }
    }

    @Test func `impossible settings are all listed and nothing is written`() throws {
        var settings = SimulatedHospital.small()
        settings.prevalence = 1.5
        settings.volumeMix = [1]
        settings.types = [.any: 1]
        settings.scanner.matrix = 4096
        #expect(settings.problems.count == 4)
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        #expect(throws: HeadCTError.self) {
            try settings.write(to: folder, siteID: "elm", seed: 1)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `progress counts the exams`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        var seen: [Int] = []
        _ = try SimulatedHospital.small(exams: 3).write(to: folder, siteID: "elm", seed: 1) {
            done,
            total in
            #expect(total == 3)
            seen.append(done)
        }
        #expect(seen == [1, 2, 3])
    }
}
