import DICOM

/// Reads a binary DICOM SEG as masks of the images it refers to.
///
/// Only frames with pixels are stored in a SEG. Its study was looked at as a whole, so the images
/// without a frame get an empty mask, provided the SEG has a segment of haemorrhage at all.
enum SegmentationMasks {
    static func read(
        _ bytes: [UInt8],
        file: Int,
        exam: ExamIdentity
    ) throws(HeadCTError) -> MaskSet {
        let dataSet: DataSet
        do throws(DICOMError) {
            dataSet = try DICOMFile(reading: bytes).dataSet
        } catch {
            throw HeadCTError(.malformedSegmentation, "\(error.code.rawValue)")
        }
        guard dataSet.string(.sopClassUID) == "1.2.840.10008.5.1.4.1.1.66.4" else {
            return refused(.notSegmentation, file: file)
        }
        guard dataSet.string(.segmentationType) == "BINARY" else {
            return refused(.fractional, file: file)
        }
        return try Reading(dataSet, file: file, exam: exam).masks()
    }

    private static func refused(_ reason: MaskIssue.Reason, file: Int) -> MaskSet {
        var result = MaskSet()
        result.issues = [MaskIssue(reason, file: file)]
        return result
    }

    /// The reading of one binary SEG.
    private struct Reading {
        let file: Int
        let exam: ExamIdentity
        let rows: Int
        let columns: Int
        let frames: [DataSet]
        let shared: DataSet
        let codes: [Int: UInt8]
        let pixels: [UInt8]

        init(_ dataSet: DataSet, file: Int, exam: ExamIdentity) throws(HeadCTError) {
            self.file = file
            self.exam = exam
            guard let rows = dataSet.int(.rows), let columns = dataSet.int(.columns),
                (1...PNGImage.maximumSide).contains(rows),
                (1...PNGImage.maximumSide).contains(columns), dataSet.int(.bitsAllocated) == 1
            else {
                throw HeadCTError(
                    .malformedSegmentation,
                    "Rows, Columns or BitsAllocated do not fit a binary SEG"
                )
            }
            guard let pixels = dataSet.bytes(.pixelData) else {
                throw HeadCTError(.unsupportedSegmentation, "compressed or missing pixel data")
            }
            self.rows = rows
            self.columns = columns
            self.pixels = pixels
            frames = dataSet.items(.perFrameFunctionalGroupsSequence)
            shared = dataSet.items(.sharedFunctionalGroupsSequence).first ?? DataSet()
            // Frames follow one another bit by bit, without padding to bytes (PS3.5 section 8.1.1).
            guard frames.count * rows * columns <= pixels.count * 8 else {
                throw HeadCTError(.truncated, "the pixel data does not hold \(frames.count) frames")
            }
            codes = Self.codes(of: dataSet)
        }

        private static func codes(of dataSet: DataSet) -> [Int: UInt8] {
            var result: [Int: UInt8] = [:]
            for segment in dataSet.items(.segmentSequence) {
                guard let number = segment.int(.segmentNumber) else { continue }
                let type = segment.items(.segmentedPropertyTypeCodeSequence).first
                let texts = [
                    segment.string(.segmentLabel), segment.string(.segmentDescription),
                    type?.string(.codeMeaning),
                ]
                result[number] = SegmentLabels.code(of: texts.compactMap { $0 })
            }
            return result
        }

        func masks() -> MaskSet {
            guard !codes.isEmpty else { return refused(.notHaemorrhage, file: file) }
            var result = MaskSet()
            var drawn: [String: [UInt8]] = [:]
            for (part, groups) in frames.enumerated() {
                switch place(groups) {
                case .success(let (uid, code)):
                    var classes =
                        drawn.removeValue(forKey: uid) ?? Array(repeating: 0, count: rows * columns)
                    draw(frame: part, code: code, on: &classes)
                    drawn[uid] = classes
                case .failure(let refusal):
                    result.issues.append(MaskIssue(refusal.reason, file: file, part: part))
                }
            }
            for (uid, classes) in drawn {
                result.masks[uid] = MaskImage(rows: rows, columns: columns, unchecked: classes)
            }
            fillEmpty(&result)
            return result
        }

        /// The image a frame lies on and the class its pixels get.
        private func place(_ groups: DataSet) -> Result<(uid: String, code: UInt8), MaskRefusal> {
            guard let frame = SegmentationFrame(groups, shared: shared) else {
                return .failure(MaskRefusal(reason: .malformedFile))
            }
            guard let code = codes[frame.segment] else {
                return .failure(MaskRefusal(reason: .notHaemorrhage))
            }
            guard let instance = frame.instance(in: exam) else {
                return .failure(MaskRefusal(reason: .noSlice))
            }
            if let plane = instance.plane, plane.rows != rows || plane.columns != columns {
                return .failure(MaskRefusal(reason: .sizeDiffers))
            }
            return .success((instance.sopInstanceUID, code))
        }

        /// Sets the pixels of a frame; where segments overlap, the first stays and a known type
        /// beats an unknown one.
        private func draw(frame: Int, code: UInt8, on classes: inout [UInt8]) {
            let start = frame * rows * columns
            for pixel in classes.indices {
                let bit = start + pixel
                guard pixels[bit >> 3] >> UInt8(bit & 7) & 1 == 1 else { continue }
                if classes[pixel] == 0 || classes[pixel] == MaskImage.unspecified {
                    classes[pixel] = code
                }
            }
        }

        private func fillEmpty(_ result: inout MaskSet) {
            // A frame that could not be placed may belong to any of the images without one.
            guard !result.issues.contains(where: { $0.reason != .notHaemorrhage }) else { return }
            var empty: MaskImage?
            for instance in exam.instances where result.masks[instance.sopInstanceUID] == nil {
                guard let plane = instance.plane, plane.rows == rows, plane.columns == columns
                else {
                    continue
                }
                let mask = empty ?? .empty(rows: rows, columns: columns)
                empty = mask
                result.masks[instance.sopInstanceUID] = mask
            }
        }
    }
}
