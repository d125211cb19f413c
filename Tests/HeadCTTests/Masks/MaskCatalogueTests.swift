import Foundation
import HeadCT
import Testing

struct MaskCatalogueTests {
    private func exam(
        _ volume: CTVolume,
        study: String = "1.2.3",
        patient: String = "P/1"
    ) -> ExamIdentity {
        ExamIdentity(
            studyInstanceUID: study,
            patientID: patient,
            accessionNumber: "ACC",
            instances: volume.slices.map {
                InstanceIdentity(
                    sopInstanceUID: $0.sopInstanceUID,
                    instanceNumber: $0.instanceNumber,
                    plane: $0.plane
                )
            }
        )
    }

    private func built() throws -> CTVolume {
        var built = BuiltVolume(rows: 6, columns: 8)
        built.locations = [0, 5, 10]
        return try built.volume { _ in 0 }
    }

    /// A mask in which every voxel of slice z has the class of its place, as RAS affine of the
    /// DICOM positions.
    private func nifti(
        _ volume: CTVolume,
        reversed isReversed: Bool = false,
        value: (_ column: Int, _ row: Int, _ slice: Int) -> Float
    ) throws -> [UInt8] {
        let first = volume.slices[isReversed ? volume.slices.count - 1 : 0].plane
        let step = volume.slices[1].position - volume.slices[0].position
        let lps = AffineTransform(
            first: first.rowDirection * first.pixelSpacing.betweenColumns,
            second: first.columnDirection * first.pixelSpacing.betweenRows,
            third: isReversed ? -step : step,
            origin: first.position
        )
        var values: [Float] = []
        for z in volume.slices.indices {
            let slice = isReversed ? volume.slices.count - 1 - z : z
            for row in 0..<volume.rows {
                for column in 0..<volume.columns { values.append(value(column, row, slice)) }
            }
        }
        return try NIfTIImage(
            size: SIMD3(volume.columns, volume.rows, volume.slices.count),
            affine: lps.flippingLeftAndPosterior,
            values: values
        ).encoded()
    }

    private func drawing(_ column: Int, _ row: Int, _ slice: Int) -> Float {
        column == slice + 1 && row >= 2 ? Float(slice + 1) : 0
    }

    @Test(arguments: [false, true]) func `NIfTI slices are found by place, whichever way it runs`(
        isReversed: Bool
    ) throws {
        let volume = try built()
        let file = MaskFile(
            name: "007.nii.gz",
            bytes: try nifti(volume, reversed: isReversed, value: drawing)
        )
        let set = MaskSet.read(
            format: .nifti,
            files: [file],
            exams: [exam(volume)],
            patientIDs: ["7": "P/1"]
        )
        #expect(set.issues.isEmpty)
        for (index, slice) in volume.slices.enumerated() {
            let mask = try #require(set.masks[slice.sopInstanceUID])
            for pixel in 0..<48 {
                #expect(Float(mask.classes[pixel]) == drawing(pixel % 8, pixel / 8, index))
            }
        }
    }

    @Test func `a NIfTI of one class is unspecified haemorrhage`() throws {
        let volume = try built()
        let file = MaskFile(
            name: "1.2.3.nii.gz",
            bytes: try nifti(volume) { x, _, _ in x == 3 ? 1 : 0 }
        )
        let set = MaskSet.read(format: .nifti, files: [file], exams: [exam(volume)])
        #expect(set.masks.values.allSatisfy { $0.pixelCounts == [MaskImage.unspecified: 6] })
        #expect(set.masks.count == 3)
    }

    @Test func `a NIfTI on another grid, elsewhere or without a place is refused`() throws {
        let volume = try built()
        let other = BuiltVolume(rows: 6, columns: 8, locations: [2.4, 7.4, 12.4])
        let coarse = BuiltVolume(
            rows: 6,
            columns: 8,
            spacing: PixelSpacing(betweenRows: 3, betweenColumns: 2),
            locations: [0, 5, 10]
        )
        let far = BuiltVolume(rows: 6, columns: 8, locations: [100, 105, 110])
        for (built, expected) in [
            (other, MaskIssue.Reason.gridDiffers), (coarse, .gridDiffers), (far, .noSlice),
        ] {
            let bytes = try nifti(built.volume { _ in 0 }) { _, _, _ in 1 }
            let set = MaskSet.read(
                format: .nifti,
                files: [MaskFile(name: "ACC.nii", bytes: bytes)],
                exams: [exam(volume)]
            )
            #expect(set.masks.isEmpty)
            #expect(set.issues.map(\.reason) == Array(repeating: expected, count: 3))
        }
        let nowhere = try NIfTIImage(
            size: SIMD3(8, 6, 3),
            affine: nil,
            values: .init(repeating: 1, count: 144)
        )
        .encoded()
        let set = MaskSet.read(
            format: .nifti,
            files: [MaskFile(name: "ACC.nii", bytes: nowhere)],
            exams: [exam(volume)]
        )
        #expect(set.issues == [MaskIssue(.noAffine, file: 0)])
    }

    @Test func `NIfTI files without an exam are listed`() throws {
        let volume = try built()
        let bytes = try nifti(volume, value: drawing)
        let files = ["001.nii.gz", "9.nii.gz", "x.nii.gz"].map { MaskFile(name: $0, bytes: bytes) }
        let set = MaskSet.read(
            format: .nifti,
            files: files,
            exams: [exam(volume), exam(volume, study: "1.2.4", patient: "P/1")],
            patientIDs: ["1": "P/1", "9": "P/9"]
        )
        #expect(
            set.issues.map(\.reason) == [.severalExamsForPatient, .noExam, .unknownPatientNumber]
        )
        #expect(set.masks.isEmpty)
    }

    @Test func `PNG files are matched by UID, sized and without duplicates`() throws {
        let volume = try built()
        func png(_ rows: Int, _ columns: Int, _ value: UInt8) throws -> [UInt8] {
            try MaskImage(
                rows: rows,
                columns: columns,
                classes: Array(repeating: value, count: rows * columns)
            ).png()
        }
        let files = [
            MaskFile(name: "1.2.3.0.png", bytes: try png(6, 8, 2)),
            MaskFile(name: "1.2.3.1.png", bytes: try png(8, 6, 2)),
            MaskFile(name: "9.9.png", bytes: try png(6, 8, 2)),
            MaskFile(name: "1.2.3.2.png", bytes: [1, 2, 3]),
            MaskFile(name: "1.2.3.0.png", bytes: try png(6, 8, 3)),
        ]
        let set = MaskSet.read(format: .png, files: files, exams: [exam(volume)])
        #expect(
            set.issues == [
                MaskIssue(.sizeDiffers, file: 1), MaskIssue(.noSlice, file: 2),
                MaskIssue(.malformedFile, file: 3), MaskIssue(.duplicateMask, file: 4),
            ]
        )
        #expect(set.masks["1.2.3.0"]?.pixelCounts == [2: 48])
    }

    @Test func `folders of mimics are not listed`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "masks-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["b.png", "mimics/a.png", "deep/c.PNG", "deep/d.txt", ".hidden.png"] {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data([1]).write(to: url)
        }
        let files = try MaskFile.list(in: folder, format: .png)
        #expect(files.map(\.name) == ["b.png", "c.PNG"])
        #expect(files.map(\.stem) == ["b", "c"])
    }
}
