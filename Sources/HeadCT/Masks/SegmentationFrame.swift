import DICOM

/// One frame of a DICOM SEG: which segment, on which image (PS3.3 section C.8.20).
struct SegmentationFrame {
    let segment: Int
    let referencedInstance: String?
    let position: SIMD3<Double>?

    /// Reads a frame; what is the same for all frames stands in the shared groups instead.
    init?(_ groups: DataSet, shared: DataSet) {
        guard
            let segment = Self.first(.segmentIdentificationSequence, groups, shared)?
                .int(.referencedSegmentNumber)
        else { return nil }
        self.segment = segment
        referencedInstance = Self.referencedInstance(groups) ?? Self.referencedInstance(shared)
        let place =
            Self.first(.planePositionSequence, groups, shared)?.doubles(.imagePositionPatient) ?? []
        position = place.count == 3 ? SIMD3(place[0], place[1], place[2]) : nil
    }

    private static func first(_ tag: Tag, _ groups: DataSet, _ shared: DataSet) -> DataSet? {
        groups.items(tag).first ?? shared.items(tag).first
    }

    /// The image a frame's functional groups say it was derived from.
    static func referencedInstance(_ groups: DataSet) -> String? {
        groups.items(.derivationImageSequence).lazy
            .flatMap { $0.items(.sourceImageSequence) }
            .compactMap { $0.string(.referencedSOPInstanceUID) }.first
    }

    /// The image of the exam the frame lies on: the one it refers to, or without a reference the
    /// one at its place.
    func instance(in exam: ExamIdentity) -> InstanceIdentity? {
        if let referencedInstance {
            return exam.instances.first { $0.sopInstanceUID == referencedInstance }
        }
        guard let position else { return nil }
        return exam.instances.first { instance in
            instance.plane.map { ($0.position - position).length < 0.1 } ?? false
        }
    }
}
