import Foundation
import HeadCT
import Testing

struct PhantomLabelTests {
    @Test(arguments: LabelFormat.allCases)
    func `labels of every format join with their exams`(format: LabelFormat) throws {
        var settings = SimulatedHospital.small(exams: 10)
        settings.labels = format
        settings.postoperativeFraction = 0.3
        settings.hardwareFraction = 0.3
        let hospital = try PhantomHospital(settings)
        let table = try LabelTable.read(
            format: format,
            at: hospital.folder.appending(path: "labels")
        )
        let join = table.join(with: try hospital.exams())
        #expect(join.unlabelledExams.isEmpty)
        #expect(join.unmatchedRows.count == (format == .reportCSV ? 1 : 0))
        for exam in hospital.summary.exams {
            let labels = try #require(join.exams[exam.studyInstanceUID])
            #expect(labels.values == exam.labels)
            if format == .plainCSV || format == .reportCSV {
                #expect(labels.context == exam.context)
            }
        }
        if format == .rsna2019 || format == .ctICH {
            #expect(join.slices.count == hospital.summary.sliceCount)
        }
    }

    @Test func `masks of all formats are the same and as large as the haemorrhage`() throws {
        var settings = SimulatedHospital.small(exams: 6, prevalence: 0.7)
        settings.types = [.intraparenchymal: 2, .subdural: 1, .intraventricular: 1]
        settings.volumeMix = [0.2, 0.2, 0.4, 0.2]
        settings.scanner.matrix = 96
        settings.scanner.sliceThicknessMM = 5
        settings.scanner.tiltDegrees = [5, 5]
        var byFormat: [MaskFormat: [String: MaskImage]] = [:]
        for format in MaskFormat.allCases {
            settings.masks = format
            let hospital = try PhantomHospital(settings)
            let files = try MaskFile.list(
                in: hospital.folder.appending(path: "masks"),
                format: format
            )
            let set = MaskSet.read(format: format, files: files, exams: try hospital.exams())
            #expect(set.issues.isEmpty, "\(format): \(set.issues)")
            byFormat[format] = set.masks.filter { !$0.value.isEmpty }
            try checkVolumes(set, hospital)
        }
        #expect(byFormat[.png]?.isEmpty == false)
        #expect(byFormat[.dicomSEG] == byFormat[.png])
        let shapes = byFormat.mapValues { $0.mapValues { $0.classes.map { $0 != 0 } } }
        #expect(shapes[.nifti] == shapes[.png])
    }

    /// A voxel at least half full counts whole, so volumes agree roughly where they are large.
    private func checkVolumes(_ set: MaskSet, _ hospital: PhantomHospital) throws {
        let volumes = try hospital.volumes()
        for exam in hospital.summary.exams {
            let volume = try #require(volumes[exam.studyInstanceUID])
            let pixels = volume.slices.reduce(0) { sum, slice in
                sum + (set.masks[slice.sopInstanceUID]?.lesionPixelCount ?? 0)
            }
            let spacing = volume.slices[0].plane.pixelSpacing
            let voxel = spacing.betweenRows * spacing.betweenColumns * 5 / 1000
            #expect((pixels > 0) == (exam.labels[.any] == true))
            guard exam.voxelML > 10 else { continue }
            #expect(abs(Double(pixels) * voxel / exam.voxelML - 1) < 0.2)
        }
    }
}
