import HeadCT
import Testing

struct LabelJoinTests {
    private func exam(
        _ study: String,
        patient: String = "P",
        accession: String = "A",
        slices: Int = 2
    ) -> ExamIdentity {
        ExamIdentity(
            studyInstanceUID: study,
            patientID: patient,
            accessionNumber: accession,
            instances: (1...slices).map {
                InstanceIdentity(sopInstanceUID: "\(study).\($0)", instanceNumber: $0)
            }
        )
    }

    private func join(
        _ format: LabelFormat,
        _ text: String,
        _ exams: ExamIdentity...
    ) throws -> LabelJoin {
        try LabelTable.read(format: format, files: ["labels.csv": Array(text.utf8)])
            .join(with: exams)
    }

    @Test func `what does not match is listed on both sides`() throws {
        let result = try join(
            .plainCSV,
            "StudyInstanceUID,any\n1.1,1\n1.9,0\n1.3,\n",
            exam("1.1"),
            exam("1.2"),
            exam("1.3")
        )
        #expect(result.exams["1.1"]?.values == [.any: true])
        #expect(result.unmatchedRows.map(\.reason) == [.noExam])
        #expect(result.unmatchedRows.map(\.row) == [3])
        #expect(result.unlabelledExams.map(\.studyInstanceUID) == ["1.2", "1.3"])
        #expect(result.unlabelledExams.map(\.reason) == [.noRow, .noUsableValue])
    }

    @Test func `accession numbers are text and lost zeros are recognised`() throws {
        let result = try join(
            .reportCSV,
            "AccessionNumber,any\n0012,1\n34,0\n",
            exam("1.1", accession: "0012"),
            exam("1.2", accession: "0034")
        )
        #expect(result.exams["1.1"]?.values[.any] == true)
        #expect(result.exams["1.2"] == nil)
        #expect(result.unmatchedRows.map(\.reason) == [.leadingZerosLost])
    }

    @Test func `a patient's label fits no exam if the patient has several`() throws {
        let text = "name,R1:ICH\nP,1\n"
        let result = try join(.cq500Reads, text, exam("1.1"), exam("1.2"))
        #expect(result.exams.isEmpty)
        #expect(result.unmatchedRows.map(\.reason) == [.severalExamsForPatient])
        #expect(
            result.unlabelledExams.map(\.reason)
                == [.severalExamsForPatient, .severalExamsForPatient]
        )
    }

    @Test(arguments: ["CQ500-CT-12", "CQ500CT12", "cq500ct12"])
    func `the spellings of CQ500 patients are one`(patient: String) throws {
        let result = try join(
            .cq500Reads,
            "name,R1:ICH\nCQ500-CT-12,1\n",
            exam("1.1", patient: patient)
        )
        #expect(result.exams["1.1"]?.values == [.any: true])
    }

    @Test func `an exam is the maximum of its slices`() throws {
        let text =
            "ID,Label\n1.1.1_any,0\n1.1.2_any,1\n1.2.1_any,0\n1.2.2_any,0\n1.1.2_subdural,1\n"
        let result = try join(.rsna2019, text, exam("1.1"), exam("1.2"))
        #expect(result.exams["1.1"]?.values == [.any: true, .subdural: true])
        #expect(result.exams["1.2"]?.values == [.any: false])
        #expect(result.slices["1.1.1"]?.values == [.any: false])
        #expect(result.unlabelledExams.isEmpty)
    }

    @Test func `absence needs a row for every slice`() throws {
        let text = "ID,Label\n1.1.1_any,0\n1.2.1_any,1\n9.9_any,1\n"
        let result = try join(.rsna2019, text, exam("1.1"), exam("1.2"))
        #expect(result.exams["1.1"]?.values == [:])
        #expect(result.unlabelledExams.map(\.reason) == [.sliceWithoutRow])
        #expect(result.exams["1.2"]?.values == [.any: true])
        #expect(result.unmatchedRows.map(\.reason) == [.noSlice])
    }

    @Test func `two series with the same instance numbers are ambiguous`() throws {
        let twice = ExamIdentity(
            studyInstanceUID: "1.1",
            patientID: "5",
            accessionNumber: "",
            instances: [
                InstanceIdentity(sopInstanceUID: "a", instanceNumber: 1),
                InstanceIdentity(sopInstanceUID: "b", instanceNumber: 1),
                InstanceIdentity(sopInstanceUID: "c", instanceNumber: 2),
            ]
        )
        let result = try join(
            .ctICH,
            "PatientNumber,SliceNumber,No_Hemorrhage\n5,1,0\n5,2,0\n5,3,1\n6,1,1\n",
            twice
        )
        #expect(result.unmatchedRows.map(\.reason) == [.ambiguousSlice, .noSlice, .noExam])
        #expect(result.slices.keys.sorted() == ["c"])
    }
}
