import HeadCT
import Testing

struct LabelTableTests {
    private func read(_ format: LabelFormat, _ texts: String...) throws -> LabelTable {
        var files: [String: [UInt8]] = [:]
        for (index, text) in texts.enumerated() { files["\(index).csv"] = Array(text.utf8) }
        return try LabelTable.read(format: format, files: files)
    }

    private func rsna(_ image: String, _ values: [Int]) -> String {
        zip(HaemorrhageType.allCases, values).map { "\(image)_\($0.name),\($1)\n" }.joined()
    }

    @Test func `RSNA rows of an image are put together, agreeing duplicates merged`() throws {
        let one = rsna("ID_0123abcde", [1, 0, 1, 0, 0, 0])
        let two = rsna("1.2.840.99", [0, 0, 0, 0, 0, 0])
        let table = try read(.rsna2019, "ID,Label\n" + one + two + one)
        #expect(table.issues.isEmpty)
        #expect(table.rowCount == 18)
        #expect(
            table.entries.map(\.key)
                == [.sopInstanceUID("ID_0123abcde"), .sopInstanceUID("1.2.840.99")]
        )
        #expect(table.entries[0].labels.targets == [1, 0, 1, 0, 0, 0])
        #expect(table.entries[1].labels.targets == [0, 0, 0, 0, 0, 0])
    }

    @Test func `RSNA duplicates that disagree give no label`() throws {
        let table = try read(
            .rsna2019,
            "ID,Label\n" + rsna("A", [1, 0, 1, 0, 0, 0]) + "A_subdural,1\n"
        )
        #expect(table.entries.isEmpty)
        #expect(table.issues.map(\.reason) == [.conflictingDuplicate])
        #expect(table.issues[0].row == 8)
    }

    @Test func `RSNA rows that are damaged are listed by row`() throws {
        let table = try read(
            .rsna2019,
            "ID,Label\nA_any,1\nB_chronic,1\n_any,0\n1.2E+30_any,1\n1.2E+30,1\nC_any,0.5\n"
        )
        #expect(table.entries.map(\.key) == [.sopInstanceUID("A")])
        #expect(
            table.issues.map(\.reason) == [
                .invalidIdentifier, .invalidIdentifier, .excelDamagedIdentifier,
                .excelDamagedIdentifier, .invalidValue,
            ]
        )
        #expect(table.issues.map(\.row) == [3, 4, 5, 6, 7])
    }

    @Test func `CQ500 readers decide by majority and their votes are kept`() throws {
        let table = try read(
            .cq500Reads,
            "\u{FEFF}name,Category,R1:ICH,R1:IPH,R2:ICH,R2:IPH,R3:ICH,R3:IPH\r\n"
                + "CQ500-CT-1,B1,1,1,1,0,0,0\r\nCQ500-CT-2,B2,0,0,1,,0,1\r\n"
        )
        #expect(table.entries[0].labels.values == [.any: true, .intraparenchymal: false])
        #expect(table.entries[0].labels.votes[.any] == ReaderVotes(present: 2, readers: 3))
        // Two of the three readers read IPH, and they disagree.
        #expect(table.entries[1].labels.values == [.any: false])
        #expect(table.entries[1].labels.votes[.intraparenchymal]?.majority == nil)
    }

    @Test func `CT-ICH slices are keyed by the hospital's patient and the instance number`() throws
    {
        let table = try read(
            .ctICH,
            "PatientNumber,SliceNumber,Intraventricular,Intraparenchymal,Subarachnoid,Epidural,"
                + "Subdural,No_Hemorrhage,Fracture_Yes_No\n"
                + "1,7,,,,,,0,\n1,8,0,0,0,1,0,0,1\n2,1,0,0,0,0,0,1,0\n9,1,,,,,,1,\n",
            "PatientNumber,HospitalID,Age(years)\n1,X/1,50\n2,X/2,60\n"
        )
        #expect(
            table.entries.map(\.key) == [
                .patientSlice(patientID: "X/1", instanceNumber: 7),
                .patientSlice(patientID: "X/1", instanceNumber: 8),
                .patientSlice(patientID: "X/2", instanceNumber: 1),
            ]
        )
        #expect(table.entries[0].labels.values == [.any: true])
        #expect(table.entries[1].labels.targets == [1, 1, 0, 0, 0, 0])
        #expect(table.entries[2].labels.targets == [0, 0, 0, 0, 0, 0])
        #expect(table.issues.map(\.reason) == [.unknownPatientNumber])
        #expect(table.patientIDs == ["1": "X/1", "2": "X/2"])
    }

    @Test func `plain rows carry context, readers, volume and source`() throws {
        let table = try read(
            .plainCSV,
            "StudyInstanceUID;any;subdural;context;hardware;r1;r2;r3;volume_ml;label_source\n"
                + "1.2.3;;;postoperative|odd;1;1;0;1;3,5;consensus\n1.2.4;1;0;none;0;;;;;\n"
        )
        let first = table.entries[0].labels
        #expect(first.values == [.any: true])
        #expect(first.context == [.hardware, .postoperative])
        #expect(first.votes[.any] == ReaderVotes(present: 2, readers: 3))
        #expect(first.statedVolumeML == 3.5)
        #expect(first.source == .consensus)
        #expect(table.entries[1].labels.context == [.unremarkable])
        #expect(table.entries[1].labels.source == .unknown)
        #expect(table.issues.map(\.reason) == [.unknownContext])
        #expect(table.issues[0].column == "context")
    }

    @Test func `"any" follows from the types where they decide it`() throws {
        let table = try read(
            .plainCSV,
            "StudyInstanceUID,any,epidural,intraparenchymal,intraventricular,"
                + "subarachnoid,subdural\n"
                + "1.1,,,1,,,\n1.2,,0,0,0,0,0\n1.3,,0,0,,,\n1.4,0,0,0,1,0,0\n1.5,1,0,0,0,0,0\n"
        )
        #expect(table.entries.map { $0.labels.values[.any] } == [true, false, nil, true])
        #expect(table.issues.map(\.reason) == [.contradictory])
        #expect(table.issues[0].row == 5)
    }

    @Test func `identifiers that a spreadsheet has damaged are named as such`() throws {
        let table = try read(
            .plainCSV,
            "StudyInstanceUID,any\n1.2E+30,1\n\"1,2E+30\",1\nabc,1\n,1\n1.2.3,1\n"
        )
        #expect(
            table.issues.map(\.reason) == [
                .excelDamagedIdentifier, .excelDamagedIdentifier, .invalidIdentifier,
                .missingIdentifier,
            ]
        )
        #expect(table.entries.count == 1)
    }

    @Test func `no issue and no entry repeats what a report says`() throws {
        let canary = "Zebrafink Quendel"
        let table = try read(
            .reportCSV,
            "AccessionNumber;any;report_text\n0001;0;\"\(canary); no bleed\"\n0002;x;\(canary)\n"
        )
        #expect(!"\(table)".contains("Zebrafink"))
        #expect(table.entries.map(\.key) == [.accessionNumber("0001"), .accessionNumber("0002")])
        #expect(table.entries[0].labels.source == .report)
    }

    @Test func `a format without its columns or files is an error`() {
        for format in LabelFormat.allCases {
            #expect(code { _ = try read(format, "x,y\n1,2\n") } == .missingColumn)
            #expect(
                code { _ = try LabelTable.read(format: format, files: [:]) } == .missingFile
            )
        }
    }

    @Test func `labels survive JSON under the names of the types`() throws {
        let labels = ExamLabels(
            values: [.any: true, .subdural: false],
            source: .consensus,
            context: [.hardware],
            votes: [.any: ReaderVotes(present: 2, readers: 3)],
            statedVolumeML: 1.5
        )
        let (text, again) = try roundTrip(labels)
        #expect(again == labels)
        #expect(text.contains("\"any\":true"))
        #expect(text.contains("\"subdural\":false"))
    }
}
