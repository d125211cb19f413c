package import DICOM

/// Makes of a hospital's CT image a new object that holds only what the profile lets through.
///
/// In this order: selection, decoding, search for text in the pixels, rebuilding, writing, and a
/// search of the written bytes for what identified the input. Whatever fails is held back.
///
/// One image says nothing of a face: who removes faces works with ``SeriesDeidentifier``.
package struct Deidentifier: Sendable {
    let profile: DeidentificationProfile
    let map: IdentifierMap
    private let book: RuleBook
    private let marking: Marking
    private let decoder: any FrameDecoding
    private let encryptedAttributes: EncryptedAttributes?
    private let memory = SeriesMemory()

    /// Makes a de-identifier.
    ///
    /// - Parameters:
    ///   - profile: What may stay.
    ///   - key: The site's secret.
    ///   - toolVersion: The version of the program, recorded in every output.
    ///   - decoder: What decodes the pixel data.
    ///   - encryptedAttributes: The way back for holders of a private key; nil for none.
    package init(
        profile: DeidentificationProfile,
        key: DeidentificationKey,
        toolVersion: String,
        decoder: any FrameDecoding = DirectFrameDecoder(),
        encryptedAttributes: EncryptedAttributes? = nil
    ) {
        self.encryptedAttributes = encryptedAttributes
        self.profile = profile
        self.decoder = decoder
        book = profile == .training ? .training : RuleBook(profile: profile)
        map = IdentifierMap(key: key)
        marking = Marking(
            profile: profile,
            toolVersion: toolVersion,
            profileDigest: profile.digest
        )
    }

    /// De-identifies one image; the same input gives the same bytes.
    ///
    /// - Throws: ``QuarantineReason`` for everything that is not released.
    package func deidentify(_ file: DICOMFile) throws(QuarantineReason) -> DeidentifiedInstance {
        let frame = try decodedFrame(of: file)
        var cleaning = PixelCleaning()
        if profile.options.contains(.cleanPixelData) {
            let scale = try HounsfieldScale(file.dataSet)
            let regions = BurnedInText.detect(
                in: frame,
                slope: scale.slope,
                intercept: scale.intercept
            )
            guard regions.isEmpty else { throw QuarantineReason(linesOfText: regions.count) }
            cleaning.isCheckedForText = true
        }
        return try rebuild(file.dataSet, frame: frame, cleaning)
    }

    /// The pixels of an image that may be taken in.
    func decodedFrame(of file: DICOMFile) throws(QuarantineReason) -> DecodedFrame {
        let input = file.dataSet
        if let refusal = SeriesSelection.refusal(of: input, profile.selection) { throw refusal }
        _ = try PatientIdentity(input)
        try Self.checkIdentifiers(input)
        try ImagePixelModule.check(input)
        do { return try decoder.decode(file, frame: 0) } catch { throw QuarantineReason(error) }
    }

    private static func checkIdentifiers(_ input: DataSet) throws(QuarantineReason) {
        for tag in [Tag.sopInstanceUID, .seriesInstanceUID, .studyInstanceUID]
        where input.string(tag) == nil {
            throw QuarantineReason(.missingUID, "\(tag) is missing or empty")
        }
    }

    /// The new object with pixels that were cleaned as told.
    func rebuild(
        _ input: DataSet,
        frame: DecodedFrame,
        _ cleaning: PixelCleaning
    ) throws(QuarantineReason) -> DeidentifiedInstance {
        let identity = try PatientIdentity(input)
        var (knowledge, isNew) = knowledge(of: input)
        var rebuild = DataSetRebuild(
            book: book,
            map: map,
            shiftDays: map.dateShiftDays(patientID: identity.patientID, issuer: identity.issuer),
            cleaner: knowledge.cleaner,
            keepsSafePrivate: profile.options.contains(.retainSafePrivate),
            texts: knowledge.texts
        )
        let pseudonym = map.pseudonym(patientID: identity.patientID, issuer: identity.issuer)
        var elements = WindowPairs.settled(rebuild.elements(of: input, isTop: true))
        elements += added(to: input, frame: frame, cleaning, pseudonym: pseudonym, &rebuild)
        let dataSet = try completed(DataSet(elements.sorted { $0.tag < $1.tag }), input)
        let bytes = try Self.written(dataSet)
        let graph = InputGraph(of: input)
        try knowledge.verification.check(
            bytes,
            pixelByteCount: frame.samples.count * 2,
            uids: profile.options.contains(.retainUIDs) ? [] : graph.tellingUIDs,
            output: dataSet
        )
        try StructureVerification(options: profile.options, map: map)
            .check(bytes, input: graph, shiftDays: rebuild.shiftDays)
        if rebuild.texts.count != knowledge.texts.count || isNew {
            knowledge.texts = rebuild.texts
            memory.keep(knowledge)
        }
        let (finished, finishedBytes) =
            try encryptedAttributes?.added(to: dataSet, verified: bytes, originals: input)
            ?? (dataSet, bytes)
        func uid(_ tag: Tag) -> String { dataSet.string(tag) ?? "" }
        return DeidentifiedInstance(
            dicomBytes: finishedBytes,
            dataSet: finished,
            fileName: uid(.sopInstanceUID) + ".dcm",
            sopInstanceUID: uid(.sopInstanceUID),
            seriesInstanceUID: uid(.seriesInstanceUID),
            studyInstanceUID: uid(.studyInstanceUID),
            patientPseudonym: pseudonym,
            tally: rebuild.tally,
            frame: frame,
            cleaning: cleaning
        )
    }

    /// The file with a zero preamble and file meta information of its own.
    private static func written(_ dataSet: DataSet) throws(QuarantineReason) -> [UInt8] {
        do { return try DICOMFile.write(dataSet: dataSet) } catch { throw QuarantineReason(error) }
    }

    /// What names people in the file and how its texts are cleaned, and whether that is new.
    private func knowledge(of input: DataSet) -> (SeriesMemory.Knowledge, isNew: Bool) {
        let sources = IdentityTokens.sources(in: input)
        if let known = memory.knowledge(of: sources) { return (known, false) }
        let tokens = IdentityTokens(of: input, retaining: profile.options)
        return (
            SeriesMemory.Knowledge(
                sources: sources,
                cleaner: Self.cleaner(tokens, input),
                verification: OutputVerification(tokens: tokens, marking: marking)
            ), true
        )
    }

    private static func cleaner(_ tokens: IdentityTokens, _ input: DataSet) -> TextCleaner {
        let cleaner = TextCleaner(tokens: tokens)
        let kernels = input.strings(.convolutionKernel).compactMap { cleaner.clean($0, .kernel) }
        let words = kernels.flatMap(TextCleaner.words(of:)).map(\.folded)
        return TextCleaner(tokens: tokens, kernelWords: Set(words))
    }

    /// What is written whatever the input held.
    private func added(
        to input: DataSet,
        frame: DecodedFrame,
        _ cleaning: PixelCleaning,
        pseudonym: String,
        _ rebuild: inout DataSetRebuild
    ) -> [DataElement] {
        let replaced = [
            DataElement(.patientName, .pn, text: pseudonym),
            DataElement(.patientID, .lo, text: pseudonym),
        ]
        let others =
            [
                DataElement(.specificCharacterSet, .cs, text: "ISO_IR 192"),
                DataElement(.sopClassUID, .ui, text: SeriesSelection.ctImageStorage),
            ] + marking.elements(after: cleaning) + ImagePixelModule.elements(of: frame, input)
            + graphics(of: input, frame: frame)
        for element in replaced { rebuild.count(.replaced, element.tag) }
        for element in others { rebuild.count(.added, element.tag) }
        rebuild.count(.emptied, .patientBirthDate)
        return replaced + others
    }

    private func graphics(of input: DataSet, frame: DecodedFrame) -> [DataElement] {
        guard profile.options.contains(.cleanGraphics) else { return [] }
        return OverlayRegions(rows: frame.rows, columns: frame.columns).elements(of: input)
    }

    /// The data set with empty attributes where the object definition asks for the attribute.
    ///
    /// A missing frame of reference is left missing, as inventing one would relate images, and so
    /// is what a single image does without, where neither training nor face removal needs it.
    private func completed(
        _ dataSet: DataSet,
        _ input: DataSet
    ) throws(QuarantineReason) -> DataSet {
        var complete = dataSet
        for entry in CTImageTable.required where complete[entry.tag] == nil {
            if entry.requiredType == 2 {
                complete.insert(DataElement(empty: entry.tag, entry.vr))
            } else if entry.tag != .frameOfReferenceUID, !isDispensable(entry.tag, in: input) {
                throw QuarantineReason(
                    .missingAttribute,
                    "\(entry.tag) is missing, empty or of the wrong form"
                )
            }
        }
        return complete
    }

    private static let dispensable: Set<Tag> = [.imageType, .rescaleIntercept, .rescaleSlope]

    private func isDispensable(_ tag: Tag, in input: DataSet) -> Bool {
        profile.selection == .anyCT && !profile.removesFaces && Self.dispensable.contains(tag)
            && input.strings(tag).isEmpty
    }
}
