package import DICOM

/// De-identifies the images of a series together, in two passes over its files.
///
/// The first looks at every slice by itself and keeps little of it, so that a series of any length
/// fits into memory. Then the face is found in the whole, and places where text recurs. The second
/// cleans, cuts, rebuilds and verifies. The order of files changes nothing.
package struct SeriesDeidentifier: Sendable {
    private let deidentifier: Deidentifier
    private let key: DeidentificationKey
    private let reader: (any TextReader)?

    /// Makes a de-identifier of series.
    ///
    /// - Parameters:
    ///   - profile: What may stay.
    ///   - key: The site's secret.
    ///   - toolVersion: The version of the program, recorded in every output.
    ///   - decoder: What decodes the pixel data.
    ///   - encryptedAttributes: The way back for holders of a private key; nil for none.
    ///   - reader: A second reader of text, where one is installed.
    package init(
        profile: DeidentificationProfile,
        key: DeidentificationKey,
        toolVersion: String,
        decoder: any FrameDecoding = DirectFrameDecoder(),
        encryptedAttributes: EncryptedAttributes? = nil,
        reader: (any TextReader)? = nil
    ) {
        deidentifier = Deidentifier(
            profile: profile,
            key: key,
            toolVersion: toolVersion,
            decoder: decoder,
            encryptedAttributes: encryptedAttributes
        )
        self.key = key
        self.reader = reader
    }

    private var profile: DeidentificationProfile { deidentifier.profile }

    // MARK: First pass

    /// Looks at a file: whether it may be taken in, for text, and at its place.
    ///
    /// - Throws: ``QuarantineReason`` for a file that is held back whatever the others are.
    package func examine(_ bytes: [UInt8]) throws(QuarantineReason) -> ExaminedSlice {
        let file = try Self.read(bytes)
        let input = file.dataSet
        if profile.removesFaces, let refusal = SeriesSelection.faceRefusal(of: input) {
            throw refusal
        }
        var frame = try deidentifier.decodedFrame(of: file)
        let scale = try HounsfieldScale(input)
        var text: [PixelRegion] = []
        if profile.options.contains(.cleanPixelData) {
            text = try regions(in: frame, scale)
            if !text.isEmpty { frame = try cleaned(frame, scale, found: text, known: []).frame }
        }
        return ExaminedSlice(
            digest: deidentifier.map.digest(bytes, purpose: "input"),
            seriesInstanceUID: deidentifier.map.uid(input.string(.seriesInstanceUID) ?? ""),
            study: input.string(.studyInstanceUID) ?? "",
            frameOfReference: input.string(.frameOfReferenceUID) ?? "",
            size: SIMD2(frame.rows, frame.columns),
            text: text,
            reduced: try profile.removesFaces ? reduced(frame, scale, input) : nil
        )
    }

    private func reduced(
        _ frame: DecodedFrame,
        _ scale: HounsfieldScale,
        _ input: DataSet
    ) throws(QuarantineReason) -> SliceStack.Reduced {
        SliceStack.reduced(
            frame.samples,
            placement: try SlicePlacement(input, frame: frame),
            slope: scale.slope,
            intercept: scale.intercept
        )
    }

    // MARK: Between the passes

    /// Decides what the second pass does, from all slices that passed the first.
    package func plan(_ slices: [ExaminedSlice]) -> SeriesPlan {
        let stackOfSlice = SeriesPlan.stacks(of: slices)
        let stackCount = profile.removesFaces ? (stackOfSlice.max() ?? -1) + 1 : 0
        let faces = (0..<stackCount).map { stack in
            let members = slices.indices.filter { stackOfSlice[$0] == stack }.map { slices[$0] }
            return FaceDecision(
                SliceStack(members.compactMap(\.reduced)),
                mode: profile.faces,
                key: key,
                study: members.first?.study ?? ""
            )
        }
        let sizes = Dictionary(grouping: slices, by: \.size)
        return SeriesPlan(
            slices: slices,
            repeatedText: sizes.mapValues { TextCleaning.repeated($0.map(\.text)) },
            faces: faces,
            stackOfSlice: stackOfSlice,
            textReader: reader?.name
        )
    }

    // MARK: Second pass

    /// De-identifies a file under the plan of its series.
    ///
    /// - Parameters:
    ///   - bytes: The file that was examined.
    ///   - number: Which of the plan's slices it is.
    ///   - plan: The plan.
    /// - Returns: What may be stored.
    /// - Throws: ``QuarantineReason`` for everything that is not released.
    package func release(
        _ bytes: [UInt8],
        number: Int,
        under plan: SeriesPlan
    ) throws(QuarantineReason) -> DeidentifiedInstance {
        let slice = plan.slices[number]
        guard deidentifier.map.digest(bytes, purpose: "input") == slice.digest else {
            throw QuarantineReason(.fileChanged, "the file changed while its series was read")
        }
        let file = try Self.read(bytes)
        let original = try deidentifier.decodedFrame(of: file)
        let scale = try HounsfieldScale(file.dataSet)
        var cleaning = PixelCleaning()
        var frame = original
        if profile.options.contains(.cleanPixelData) {
            let known = plan.repeatedText[slice.size] ?? []
            (frame, cleaning) = try withoutText(frame, scale, found: slice.text, known: known)
        }
        if let decision = plan.face(ofSlice: number) {
            let placement = try SlicePlacement(file.dataSet, frame: original)
            frame = try withoutFace(frame, scale, placement, decision, &cleaning)
            if case .removal(_, let interior) = decision,
                interior?.isChanged(from: original.samples, to: frame.samples, at: placement)
                    ?? (cleaning.removedPixelCount > 0)
            {
                throw FaceDecision.touched
            }
        }
        var instance = try deidentifier.rebuild(file.dataSet, frame: frame, cleaning)
        instance.inputDigest = slice.digest
        return instance
    }

    private func withoutText(
        _ frame: DecodedFrame,
        _ scale: HounsfieldScale,
        found: [PixelRegion],
        known: [PixelRegion]
    ) throws(QuarantineReason) -> (DecodedFrame, PixelCleaning) {
        var cleaning = PixelCleaning(isCheckedForText: true)
        let result = try cleaned(frame, scale, found: found, known: known)
        switch result.outcome {
        case .clean: break
        case .blanked(let bands): cleaning.blankedBandCount = bands.count
        case .overAnatomy(let regions), .stillReads(let regions):
            throw QuarantineReason(linesOfText: regions.count)
        }
        return (result.frame, cleaning)
    }

    private func withoutFace(
        _ frame: DecodedFrame,
        _ scale: HounsfieldScale,
        _ placement: SlicePlacement,
        _ decision: FaceDecision,
        _ cleaning: inout PixelCleaning
    ) throws(QuarantineReason) -> DecodedFrame {
        switch decision {
        case .refused(let reason): throw reason
        case .noFace(let outcome):
            cleaning.faces = outcome
            return frame
        case .removal(let removal, _):
            var samples = frame.samples
            cleaning.removedPixelCount = removal.apply(
                to: &samples,
                placement: placement,
                slope: scale.slope,
                intercept: scale.intercept
            )
            cleaning.faces = removal.report.outcome
            return frame.replacing(samples)
        }
    }

    // MARK: Both passes

    /// De-identifies the files of a series one after the other.
    ///
    /// - Parameters:
    ///   - files: The files, in any order.
    ///   - deliver: Takes what became of each file, by its number; not in their order.
    /// - Returns: What was done to the pixels.
    /// - Throws: What `deliver` throws.
    package func deidentify(
        _ files: [SeriesFile],
        deliver: (Int, Result<DeidentifiedInstance, QuarantineReason>) throws -> Void
    ) rethrows -> SeriesReport {
        var slices: [ExaminedSlice] = []
        var numbers: [Int] = []
        var refusals: [(Int, QuarantineReason)] = []
        for (number, file) in files.enumerated() {
            do throws(QuarantineReason) {
                slices.append(try examine(try file.load()))
                numbers.append(number)
            } catch {
                refusals.append((number, error))
            }
        }
        let plan = plan(slices)
        var report = SeriesReport(plan)
        for (number, reason) in refusals {
            report.count(.failure(reason))
            try deliver(number, .failure(reason))
        }
        for (slice, number) in numbers.enumerated() {
            let outcome = outcome(of: files[number], slice, plan)
            report.count(outcome)
            try deliver(number, outcome)
        }
        return report
    }

    private func outcome(
        of file: SeriesFile,
        _ slice: Int,
        _ plan: SeriesPlan
    ) -> Result<DeidentifiedInstance, QuarantineReason> {
        do throws(QuarantineReason) {
            return .success(try release(try file.load(), number: slice, under: plan))
        } catch {
            return .failure(error)
        }
    }

    /// The pixels of a file as they came.
    func originalFrame(of file: DICOMFile) throws(QuarantineReason) -> DecodedFrame {
        try deidentifier.decodedFrame(of: file)
    }

    // MARK: Text

    private func regions(
        in frame: DecodedFrame,
        _ scale: HounsfieldScale
    ) throws(QuarantineReason) -> [PixelRegion] {
        do { return try textCleaning(scale).regions(in: frame) } catch { throw Self.unread }
    }

    private func cleaned(
        _ frame: DecodedFrame,
        _ scale: HounsfieldScale,
        found: [PixelRegion],
        known: [PixelRegion]
    ) throws(QuarantineReason) -> (outcome: TextCleaning.Outcome, frame: DecodedFrame) {
        do {
            return try textCleaning(scale).clean(frame, found: found, known: known)
        } catch {
            throw Self.unread
        }
    }

    private func textCleaning(_ scale: HounsfieldScale) -> TextCleaning {
        TextCleaning(slope: scale.slope, intercept: scale.intercept, reader: reader)
    }

    private static let unread = QuarantineReason(
        .textReaderFailed,
        "the second reader of text failed on the slice; see whether it is installed as a whole"
    )

    private static func read(_ bytes: [UInt8]) throws(QuarantineReason) -> DICOMFile {
        do { return try DICOMFile(reading: bytes) } catch { throw QuarantineReason(error) }
    }
}
