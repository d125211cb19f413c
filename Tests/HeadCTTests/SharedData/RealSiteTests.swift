import DICOM
import Foundation
import HeadCT
import TestSupport
import Testing

/// The five real sites from their DICOM, label and mask files to what `truth.json` says.
@Suite(.enabled(if: SharedData.exists, "\(SharedData.absent)"))
struct RealSiteTests {
    struct Site: Sendable, CustomTestStringConvertible {
        let name: String
        let labels: LabelFormat
        let masks: MaskFormat?
        /// Whether the label file tells the five types.
        var hasTypes = true

        var testDescription: String { name }
        var folder: String { "data/sites-real/\(name)" }

        static let all = [
            Site(name: "bhsd-mbh", labels: .rsna2019, masks: .dicomSEG),
            Site(name: "bhsd-mbhseg25", labels: .cq500Reads, masks: .png),
            Site(name: "ct-ich", labels: .ctICH, masks: .nifti, hasTypes: false),
            Site(name: "cpaisd", labels: .plainCSV, masks: nil),
            Site(name: "aisd", labels: .reportCSV, masks: nil),
        ]
    }

    private struct Intake {
        let files: [DICOMFile]
        let exams: [ExamIdentity]
        let table: LabelTable
        let join: LabelJoin
        let masks: MaskSet
        let truth: Truth

        init(_ site: Site) throws {
            files = try SharedSeries.files(in: site.folder + "/dicom")
            let exams = ExamIdentity.exams(of: files.map(\.dataSet))
            let table = try LabelTable.read(
                format: site.labels,
                at: SharedData.url(site.folder + "/labels")
            )
            self.exams = exams
            self.table = table
            join = table.join(with: exams)
            if let format = site.masks {
                let folder = SharedData.url(site.folder + "/masks")
                masks = MaskSet.read(
                    format: format,
                    files: try MaskFile.list(in: folder, format: format),
                    exams: exams,
                    patientIDs: table.patientIDs
                )
            } else {
                masks = MaskSet()
            }
            truth = try Truth(site: site.name)
        }
    }

    @Test(arguments: Site.all) func `labels, masks and volumes are those of the answer key`(
        site: Site
    ) throws {
        let intake = try Intake(site)
        #expect(intake.exams.count == intake.truth.studies.count)
        #expect(intake.join.unlabelledExams.isEmpty)
        #expect(intake.masks.issues.isEmpty)
        checkExamLabels(intake, site)
        checkSliceLabels(intake, site)
        checkMasks(intake, site)
        try checkVolumes(intake, site)
    }

    private func checkExamLabels(_ intake: Intake, _ site: Site) {
        for (uid, study) in intake.truth.studies {
            let labels = intake.join.exams[uid]
            if let votes = study.reader_votes {
                for type in HaemorrhageType.allCases {
                    let isPresent = (votes[type.abbreviation] ?? 0) >= 2
                    #expect(labels?.values[type] == isPresent)
                }
            } else {
                #expect(labels?.values[.any] == (study.hemorrhage == 1))
                if site.hasTypes {
                    for type in HaemorrhageType.subtypes {
                        #expect(labels?.values[type] == study.subtypes.contains(type.name))
                    }
                }
            }
            if let context = study.context {
                #expect(labels?.context.map(\.rawValue) == [context])
            }
        }
    }

    private func checkSliceLabels(_ intake: Intake, _ site: Site) {
        guard [.rsna2019, .ctICH].contains(site.labels) else {
            #expect(intake.join.slices.isEmpty)
            return
        }
        for (uid, instance) in intake.truth.instances {
            let values = intake.join.slices[uid]?.values ?? [:]
            #expect(values[.any] == (instance.hemorrhage == 1))
            for type in HaemorrhageType.subtypes where site.hasTypes {
                #expect(values[type] == instance.subtypes.contains(type.name))
            }
        }
    }

    private func checkMasks(_ intake: Intake, _ site: Site) {
        guard site.masks != nil else {
            #expect(intake.masks.masks.isEmpty)
            return
        }
        #expect(Set(intake.masks.masks.keys) == Set(intake.truth.instances.keys))
        for (uid, instance) in intake.truth.instances {
            let mask = intake.masks.masks[uid]
            #expect(mask?.lesionPixelCount == instance.lesion_pixels)
            var expected: [UInt8: Int] = [:]
            for (name, count) in instance.lesion_pixels_by_subtype {
                let type = HaemorrhageType(name: name)
                expected[type.map { UInt8($0.rawValue) } ?? MaskImage.unspecified] = count
            }
            #expect(mask?.pixelCounts == expected)
        }
    }

    private func checkVolumes(_ intake: Intake, _ site: Site) throws {
        let contract = try contract(pixel: 1.8, grid: 128)
        let byStudy = Dictionary(grouping: intake.files) {
            $0.dataSet.string(.studyInstanceUID) ?? ""
        }
        for (uid, study) in intake.truth.studies {
            let volume = try SharedSeries.volume(of: byStudy[uid] ?? [])
            for slice in volume.slices {
                let place = intake.truth.instances[slice.sopInstanceUID]?.z_mm ?? .nan
                #expect(abs(slice.position.z - place) < 0.01)
            }
            let measured = try volume.lesionVolume(masks: intake.masks.masks).totalML
            #expect(abs(measured - study.lesion_volume_ml) < 0.002)
            let prepared = try PreparedVolume(
                volume: volume,
                masks: intake.masks.masks,
                contract: contract
            )
            #expect(prepared.lesionPixelsOutsideGrid == 0)
            #expect(prepared.validSlices == Array(0..<prepared.depth))
            if site.masks != nil {
                #expect((0..<prepared.depth).allSatisfy { prepared.isMaskKnown(at: $0) })
                #expect(abs(prepared.lesionML - measured) < 0.1 * measured + 0.05)
            }
        }
    }

    @Test func `the row without a study is listed and nothing else`() throws {
        let rows = try Site.all.map { try Intake($0).join.unmatchedRows }
        #expect(rows.map(\.count) == [0, 0, 0, 0, 1])
        #expect(rows[4].first?.reason == .noExam)
        #expect(rows[4].first?.row == 9)
    }

    @Test func `pictures of infarcts are not taken for haemorrhage`() throws {
        for site in ["aisd", "cpaisd"] {
            let files = try MaskFile.list(
                in: SharedData.url("data/sites-real/\(site)"),
                format: .png
            )
            #expect(files.isEmpty)
        }
    }
}
