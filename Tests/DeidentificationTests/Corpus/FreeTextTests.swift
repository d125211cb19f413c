import DICOM
import Deidentification
import Testing

/// Names, numbers and dates written into texts that partly stay.
@Suite struct FreeTextTests {
    /// The attributes whose text is cleaned instead of dropped.
    private static let places: [(DICOMTag, VR)] = [
        (.studyDescription, .lo), (.seriesDescription, .lo), (.protocolName, .lo),
        (.requestedProcedureDescription, .lo), (DICOMTag(0x0020, 0x4000), .lt),
        (.convolutionKernel, .sh), (.manufacturerModelName, .lo), (.manufacturer, .lo),
        (DICOMTag(0x0018, 0x1040), .lo), (DICOMTag(0x0018, 0x0010), .lo),
        (DICOMTag(0x0028, 0x1055), .lo), (DICOMTag(0x0018, 0x1400), .lo),
        (.softwareVersions, .lo), (DICOMTag(0x0018, 0x1160), .sh), (.rescaleType, .lo),
        (DICOMTag(0x0040, 0x0254), .lo), (DICOMTag(0x0008, 0x2111), .st),
        (.additionalPatientHistory, .lt), (DICOMTag(0x0020, 0x1040), .lo),
    ]

    /// Every text with `%` for the hidden part, in each place, must come out without it.
    private static func check(
        _ texts: [String],
        name: String,
        needles: [String],
        characterSet: String = "ISO_IR 192",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let deidentifier = try TestKeys.deidentifier()
        var search = LeakSearch()
        for needle in needles { search.add(word: needle) }
        for (tag, vr) in places {
            var slice = HeadSlice(patientName: name)
            slice.set(.specificCharacterSet, .cs, characterSet)
            slice.set(DICOMTag(0x0008, 0x0080), .lo, "Quellgrund Clinic")
            slice.set(DICOMTag(0x0008, 0x1070), .pn, "Brandewyn^Oda^K")
            for text in texts {
                slice.set(tag, vr, String(text.prefix(vr == .sh ? 16 : 64)))
                let output = try deidentifier.deidentify(slice.file)
                let header = output.dicomBytes.prefix(output.dicomBytes.count - 2048)
                let hits = search.hits(in: header)
                #expect(hits.isEmpty, "\(tag): \(text): \(hits)", sourceLocation: sourceLocation)
            }
        }
    }

    @Test func `a name is found in every order, case, accent, spelling and length`() throws {
        try Self.check(
            [
                "CT HEAD Müller-Lüdenscheidt", "ct head mueller", "CT HEAD MULLER", "Head rellüM",
                "HEAD Jörg", "JOERG CT HEAD", "head (Jorg)", "Müller,Jörg", "MLJ head",
                "Head_Mueller_5mm", "HeadMüllerAxial", "axialJörgHead", "CT-Müller's head",
                "Luedenscheidt Mueller", "tdiehcsnedüL", "J. Müller", "M\u{FC}ller",
                "Mu\u{308}ller", "ＭＵＬＬＥＲ head", "mÜLLER",
            ],
            name: "Müller-Lüdenscheidt^Jörg",
            needles: ["müller", "mueller", "muller", "jörg", "joerg", "jorg", "lüdenscheidt"]
        )
    }

    @Test func `a name that is a word of the vocabulary goes with its bearer`() throws {
        let name = "Sharp^Axial^Stroke"
        let deidentifier = try TestKeys.deidentifier()
        for (tag, vr) in Self.places {
            var slice = HeadSlice(patientName: name)
            slice.set(.imageType, .cs, "ORIGINAL\\PRIMARY")
            slice.set(tag, vr, "Head Sharp Stroke")
            let output = try deidentifier.deidentify(slice.file).dataSet
            let text = output.strings(tag).joined(separator: " ").lowercased()
            #expect(!text.contains("sharp") && !text.contains("stroke"), "\(tag): \(text)")
        }
    }

    @Test func `names of staff and hospital go too`() throws {
        try Self.check(
            [
                "CT HEAD Quellgrund", "quellgrund axial", "head by Brandewyn", "ODA head",
                "Brandewyn/Oda", "QUELLGRUNDCLINIC", "head nywednarb",
            ],
            name: "Doe^Jane",
            needles: ["quellgrund", "brandewyn", "nywednarb"]
        )
    }

    @Test func `dates, numbers, addresses and telephones go in every form`() throws {
        try Self.check(
            [
                "CT HEAD 1941-03-09", "head 09.03.1941", "3/9/1941 head", "Head 9 Mar 1941",
                "MARCH 9, 1941", "head 19410309", "09031941", "HEAD 410309", "head 1941/03/09",
                "KX-44018-7 head", "head kx 44018 7", "44018", "head 0044018", "#44018/7",
                "tel +49 6131 174711", "0613-174711 head", "z.quill@clinic.example head",
                "http://pacs.example/44018", "MRN44018 axial", "head ID:44018",
            ],
            name: "Doe^Jane",
            needles: [
                "1941", "410309", "09031941", "44018", "174711", "quill", "clinic.example",
                "pacs", "9 mar",
            ]
        )
    }

    @Test(
        arguments: [
            ("ISO_IR 192", "山田^太郎=Yamada^Tarou"), ("ISO_IR 192", "Иванов^Иван"),
            ("ISO_IR 192", "Παπαδόπουλος^Νίκος"), ("ISO_IR 192", "김^철수"),
            ("ISO_IR 192", "יעקב^כהן"), ("ISO_IR 144", "Иванов^Сергей"),
            ("ISO_IR 100", "Ærøskøbing^Åse"),
            ("ISO_IR 101", "Wałęsa^Świętosław"), ("GB18030", "王^小东"), ("ISO_IR 166", "สมชาย^ใจดี"),
            ("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎"), ("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞"),
            ("ISO_IR 13", "ﾔﾏﾀﾞ^ﾀﾛｳ"), ("ISO_IR 126", "Διονυσιος"), ("ISO_IR 138", "שרון^דבורה"),
        ]
    )
    func `names in any character set go from every text`(terms: String, name: String) throws {
        let characterSet = SpecificCharacterSet(
            terms: terms.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
        )
        let encoded = try #require(characterSet.encode(name, vr: .pn))
        let words = name.split(whereSeparator: { "^=".contains($0) }).map(String.init)
        for (tag, vr) in Self.places {
            var slice = HeadSlice()
            slice.set(.specificCharacterSet, .cs, terms)
            slice.set(.patientName, .pn, bytes: encoded + (encoded.count % 2 == 1 ? [0x20] : []))
            for word in words {
                guard let text = characterSet.encode("CT HEAD " + word, vr: vr) else { continue }
                slice.set(tag, vr, bytes: text + (text.count % 2 == 1 ? [0x20] : []))
                var search = LeakSearch()
                search.add(word: word)
                if let part = characterSet.encode(word, vr: .lo), part.count >= 4 {
                    search.add(bytes: part, label: word)
                }
                let output = try TestKeys.deidentifier().deidentify(slice.file)
                let header = output.dicomBytes.prefix(output.dicomBytes.count - 2048)
                #expect(search.hits(in: header).isEmpty, "\(tag): \(word)")
            }
        }
    }

    @Test func `what is written in one character set and declared in another goes too`() throws {
        for (name, stored) in [("Müller", "Latin-1"), ("Łukaszewicz", "UTF-8")] {
            var slice = HeadSlice()
            let bytes: [UInt8] =
                stored == "UTF-8"
                ? Array((name + "^Jan").utf8)
                : (name + "^Jan").unicodeScalars.map { UInt8($0.value) }
            slice.set(.patientName, .pn, bytes: bytes + (bytes.count % 2 == 1 ? [0x20] : []))
            slice.set(.studyDescription, .lo, bytes: Array("CT HEAD ".utf8) + bytes.prefix(6))
            var search = LeakSearch()
            search.add(bytes: Array(bytes.prefix(6)), label: name)
            search.add(word: String(name.prefix(5)))
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            #expect(search.hits(in: output.dicomBytes).isEmpty, "\(name)")
            #expect(output.dataSet.string(.studyDescription) == "CT HEAD")
        }
    }

    @Test(arguments: [("090Y", true), ("091Y", true), ("104Y", true), ("089Y", false)])
    func `an age from ninety on is ninety, wherever it stands`(age: String, isCapped: Bool) throws {
        var slice = HeadSlice()
        for (tag, vr) in StandardAttributes.all where vr == .as && tag.group >= 8 {
            slice.set(tag, .as, age)
        }
        slice.set(.referencedSeriesSequence, items: [HeadSlice.item([(.patientAge, .as, age)])])
        let output = try TestKeys.deidentifier().deidentify(slice.file)
        #expect(output.dataSet.string(.patientAge) == (isCapped ? "090Y" : age))
        var search = LeakSearch()
        search.add(word: age)
        #expect(search.hits(in: output.dicomBytes).isEmpty || age == "090Y" || !isCapped)
    }
}
