import DICOM

/// Checks the elements of an output against the table, its input's identifiers and its dates.
struct StructureVerification: Sendable {
    let options: Set<DeidentificationProfile.Option>
    let map: IdentifierMap

    /// Attributes of the table that the program writes itself.
    private static let written: Set<Tag> = [
        .patientName, .patientID, .patientIdentityRemoved, .deidentificationMethod,
        .deidentificationMethodCodeSequence, .longitudinalTemporalInformationModified,
    ]

    /// Throws `verificationFailed` for what may not be in an output.
    ///
    /// `shiftDays` is what every day of the input was moved by.
    func check(
        _ bytes: [UInt8],
        input: InputGraph,
        shiftDays: Int
    ) throws(QuarantineReason) {
        guard let walk = OutputWalk(bytes) else {
            throw QuarantineReason(.verificationFailed, "the output is not built as it must be")
        }
        let days = Set(
            input.days.map { day in
                options.contains(.retainFullDates) ? day : day.shifted(byDays: shiftDays)
            }.map(\.digits)
        )
        // Some rows of the table are replaced whatever the option for identifiers says.
        let images = Set(input.uids.map(map.uid))
        let uids = options.contains(.retainUIDs) ? input.uids.union(images) : images
        for element in walk.elements where element.tag.group > 0x0002 {
            try check(element)
            switch element.representation {
            case "UI":
                for uid in element.texts where !uids.contains(uid) {
                    guard StandardUID.name(of: uid) == nil else { continue }
                    throw Self.failure(element, "a unique identifier that is no image of one")
                }
            case "DA", "DT":
                for date in element.texts where !days.contains(String(date.prefix(8))) {
                    throw Self.failure(element, "a date that is not one of the input's, moved")
                }
            default: continue
            }
        }
    }

    /// Refuses a value that Table E.1-1 takes out and no option of the profile lets in.
    private func check(_ element: OutputWalk.Element) throws(QuarantineReason) {
        guard !element.tag.isGroupLength else {
            throw Self.failure(element, "a group length")
        }
        guard !element.value.isEmpty, !Self.written.contains(element.tag),
            let entry = ConfidentialityTable.entry(for: element.tag),
            !entry.basicAction.contains("U")
        else { return }
        guard options.contains(where: { entry.optionActions[$0] != nil }) else {
            throw Self.failure(element, "a value that no option of the profile lets in")
        }
    }

    private static func failure(_ element: OutputWalk.Element, _ what: String) -> QuarantineReason {
        QuarantineReason(.verificationFailed, "\(element.tag) of the output has \(what)")
    }
}
