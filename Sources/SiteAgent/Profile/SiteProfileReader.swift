import CanonicalJSON
import Federation
import HeadCT
import Identity

/// Reads the sections of a `site.yaml` and collects every problem at once.
struct SiteProfileReader {
    private let problems = ProblemList()

    /// The profile of a parsed document.
    ///
    /// - Throws: `PlanError` with all problems.
    func read(_ document: JSONValue) throws(PlanError) -> SiteProfile {
        var reader = SectionReader(document, problems: problems)
        let id = reader.text("id", lengthMax: 63)
        if !id.isEmpty, !Party.isName(id) {
            reader.report(.outOfRange, "id", "must be 1 to 63 of a-z, 0-9 and -, not - at the ends")
        }
        let profile = SiteProfile(
            id: id,
            name: reader.text("name"),
            source: reader.section("source", source) ?? SiteProfile.Source(kind: .folder),
            labels: reader.has("labels")
                ? reader.section("labels", labels) : absent("labels", &reader),
            masks: reader.has("masks") ? reader.section("masks", masks) : absent("masks", &reader),
            deidentification: reader.has("deidentification")
                ? reader.section("deidentification", deidentification)
                : absent("deidentification", &reader),
            recipients: reader.has("recipients")
                ? reader.texts("recipients", count: 1...8, lengthMax: 4096) : nil,
            disclosure: reader.section("disclosure", disclosure)
                ?? SiteProfile.Disclosure(minimumCell: 1, minimumPositives: 1, minimumNegatives: 1),
            approval: reader.section("approval", approval) ?? ApprovalPolicy(mode: .manual),
            transfer: reader.has("transfer")
                ? reader.section("transfer", SiteProfile.Transfer.init(reading:))
                : absent("transfer", &reader),
            training: reader.has("training")
                ? reader.section("training", SiteProfile.Training.init(reading:))
                : absent("training", &reader),
            timeZone: timeZone(&reader)
        )
        reader.finish()
        try problems.throwIfAny()
        return profile
    }

    private func timeZone(_ reader: inout SectionReader) -> String? {
        let name = reader.text("timeZone", default: "")
        guard !name.isEmpty else { return nil }
        do {
            _ = try SiteProfile.timeZone(name)
        } catch {
            reader.report(.notAChoice, "timeZone", error.message)
        }
        return name
    }

    /// Marks a key as known though it is not there.
    private func absent<Section>(_ key: String, _ reader: inout SectionReader) -> Section? {
        reader.optionalSection(key) { _ in }
        return nil
    }

    private func source(_ reader: inout SectionReader) -> SiteProfile.Source {
        let kind: SiteProfile.Source.Kind = reader.choice("kind")
        let path = reader.text("path", lengthMax: 4096, default: "")
        if kind == .folder, path.isEmpty {
            reader.report(.missing, "path", "is missing: the folder of DICOM files")
        }
        var simulation: SimulatedHospital?
        if kind == .simulated {
            simulation = hospital(reader.object("simulation"), &reader)
        } else if reader.has("simulation") {
            reader.report(.inconsistent, "simulation", "belongs to kind: simulated only")
        }
        let dicomweb =
            reader.has("dicomweb")
            ? reader.section("dicomweb", SiteProfile.Source.DICOMWeb.init(reading:))
            : absent("dicomweb", &reader)
        let receiver =
            reader.has("receiver")
            ? reader.section("receiver", SiteProfile.Source.Receiver.init(reading:))
            : absent("receiver", &reader)
        if kind == .network, dicomweb == nil, receiver == nil {
            reader.report(.missing, "kind", "network needs dicomweb or receiver")
        }
        return SiteProfile.Source(
            kind: kind,
            path: path.isEmpty ? nil : path,
            simulation: simulation,
            dicomweb: dicomweb,
            receiver: receiver
        )
    }

    private func hospital(
        _ section: JSONValue,
        _ reader: inout SectionReader
    ) -> SimulatedHospital? {
        do {
            let hospital = try CanonicalDecoder().decode(
                SimulatedHospital.self,
                from: section.canonicalBytes
            )
            for problem in hospital.problems { reader.report(.outOfRange, "simulation", problem) }
            return hospital
        } catch {
            reader.report(.wrongType, "simulation", "cannot be read: \(error)")
            return nil
        }
    }

    private func labels(_ reader: inout SectionReader) -> SiteProfile.Labels {
        defer { reader.finish() }
        return SiteProfile.Labels(
            format: reader.choice("format"),
            path: reader.text("path", lengthMax: 4096)
        )
    }

    private func masks(_ reader: inout SectionReader) -> SiteProfile.Masks {
        defer { reader.finish() }
        return SiteProfile.Masks(
            format: reader.choice("format"),
            path: reader.text("path", lengthMax: 4096)
        )
    }

    private func deidentification(
        _ reader: inout SectionReader
    ) -> SiteProfile.Deidentification {
        defer { reader.finish() }
        let profile = reader.text("profile", lengthMax: 4096, default: "")
        return SiteProfile.Deidentification(
            faces: reader.has("faces") ? reader.choice("faces") : nil,
            profile: profile.isEmpty ? nil : profile
        )
    }

    private func disclosure(_ reader: inout SectionReader) -> SiteProfile.Disclosure {
        defer { reader.finish() }
        return SiteProfile.Disclosure(
            minimumCell: reader.integer("minimumCell", in: 1...100_000),
            minimumPositives: reader.integer("minimumPositives", in: 1...100_000),
            minimumNegatives: reader.integer("minimumNegatives", in: 1...100_000)
        )
    }

    private func approval(_ reader: inout SectionReader) -> ApprovalPolicy {
        defer { reader.finish() }
        return ApprovalPolicy(mode: reader.choice("mode"))
    }
}
