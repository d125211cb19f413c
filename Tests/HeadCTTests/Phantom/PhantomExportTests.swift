import DICOM
import Foundation
import HeadCT
import Testing

struct PhantomExportTests {
    @Test(arguments: IdentityStyle.allCases, FolderLayout.allCases)
    func `every file re-reads in its character set`(
        style: IdentityStyle,
        layout: FolderLayout
    ) throws {
        var settings = SimulatedHospital.small(exams: 3)
        settings.identities = style
        settings.folders = layout
        settings.scanner.matrix = 32
        settings.scanner.sliceThicknessMM = 15
        let hospital = try PhantomHospital(settings)
        let objects = try hospital.objects()
        #expect(objects.count == hospital.summary.fileCounts["dicom"])
        let names = Set(
            hospital.planted.needles.filter { $0.kind == .name || $0.kind == .staff }.map(\.value)
        )
        for object in objects {
            let dataSet = object.dataSet
            let name = try #require(dataSet.string(.patientName))
            #expect(name.hasPrefix("SYNTHETIC-"))
            #expect(!name.contains("\u{FFFD}"))
            #expect(names.contains { name.contains($0) })
            #expect(dataSet.string(.manufacturer)?.hasPrefix("SYNTHETIC ") == true)
            #expect(dataSet.string(.imageComments)?.hasPrefix("SYNTHETIC PHANTOM") == true)
            #expect(
                dataSet.privateCreator(for: Tag(0x0009, 0x1001))?.hasPrefix("SYNTHETIC") == true
            )
            #expect(dataSet.items(.otherPatientIDsSequence).count == 1)
            #expect(object.trailingBytes == 0)
        }
    }

    @Test func `a scan is one even volume with the tilt that its header states`() throws {
        var settings = SimulatedHospital.small(exams: 3)
        settings.scanner.tiltDegrees = [9, 9]
        settings.scanner.storesSigned = true
        settings.scanner.padsOutsideCircle = true
        let hospital = try PhantomHospital(settings)
        let volumes = try hospital.volumes()
        #expect(volumes.count == 3)
        for exam in hospital.summary.exams {
            let volume = try #require(volumes[exam.studyInstanceUID])
            #expect(volume.slices.count == exam.sliceCount)
            #expect(abs(abs(volume.gantryTiltDegrees) - 9) < 0.01)
            let steps = zip(volume.locationsMM, volume.locationsMM.dropFirst()).map { $1 - $0 }
            #expect(steps.allSatisfy { abs($0 - 8) < 1e-3 })
        }
    }

    @Test func `localizers, dose pages and burned-in names are there to be refused`() throws {
        let settings = SimulatedHospital.small(exams: 6)
        let hospital = try PhantomHospital(settings)
        let types = try hospital.objects().map { $0.dataSet.strings(.imageType).last ?? "" }
        #expect(types.count { $0 == "LOCALIZER" } == 2)
        #expect(types.count { $0 == "OTHER" } == 2)
        #expect(hospital.summary.refusableObjects == 5)
        let bright = try hospital.axial().values.joined().count { image in
            let corner = (0..<12).flatMap { row in
                image.frame.samples[row * 64..<row * 64 + 64]
            }
            return corner.count { $0 == 1500 + 1024 } > 40
        }
        #expect(bright == 1)
    }

    @Test func `planted identities stand in the files and nowhere else in the hospital`() throws {
        var settings = SimulatedHospital.small(exams: 3)
        settings.identities = .unicode
        settings.labels = .reportCSV
        let hospital = try PhantomHospital(settings)
        let files = try hospital.files()
        #expect(!files.contains { $0.path.hasSuffix(".json") })
        let text = files.map { $0.path + String(decoding: $0.bytes, as: UTF8.self) }.joined()
        for needle in hospital.planted.needles where needle.kind != .uid {
            #expect(text.contains(needle.value), "\(needle.kind) is not in any file")
        }
        #expect(Set(hospital.planted.needles.map(\.kind)) == Set(PlantedIdentities.Kind.allCases))
    }
}
