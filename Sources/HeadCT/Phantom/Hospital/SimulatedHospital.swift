/// A hospital of phantoms: the `simulation:` section of a site's `site.yaml`.
///
/// Everything follows from these settings and a seed. Every key has a default; unknown keys are
/// refused. The meaning of the fractions is exact: of `exams`, the rounded share is positive, was
/// operated on, carries an implant.
package struct SimulatedHospital: Sendable, Hashable, Codable {
    /// The number of exams, one a patient.
    package var exams = 60
    /// The share of exams with haemorrhage.
    package var prevalence = 0.2
    /// The share of exams after neurosurgery.
    package var postoperativeFraction = 0.0
    /// The share of exams with an implant (clip, coils, shunt).
    package var hardwareFraction = 0.0
    /// The youngest and oldest age in years; a newborn is 0.
    package var ageYears = [30.0, 85.0]
    /// The relative frequency of each type as the main finding of a positive exam.
    package var types: [HaemorrhageType: Double] = [
        .intraparenchymal: 0.3, .subdural: 0.25, .subarachnoid: 0.25, .intraventricular: 0.1,
        .epidural: 0.1,
    ]
    /// The share of positive exams over 1 mL with a second type beside the main one.
    package var secondTypeFraction = 0.2
    /// The edges between strata of the exam's total volume, in mL, ascending.
    package var volumeEdgesML = [0.1, 5.0, 25.0]
    /// The share of positive exams in each stratum; one more than the edges.
    package var volumeMix = [0.1, 0.3, 0.3, 0.3]
    /// The least and greatest mean attenuation of acute blood in HU.
    package var bloodHU = [55.0, 75.0]
    /// The share of haemorrhages that are as dense as brain or darker (hyperacute, old, anaemic).
    package var isodenseFraction = 0.06
    /// The factor of the rates of harmless calcifications.
    package var calcificationFactor = 1.0
    /// The scanner and its protocol.
    package var scanner = SimulatedScanner()
    /// The style of names and the character set.
    package var identities = IdentityStyle.western
    /// How files lie in the export.
    package var folders = FolderLayout.byPatientName
    /// The format of the label files that are written.
    package var labels = LabelFormat.plainCSV
    /// The format of the masks that are written.
    package var masks = MaskFormat.png
    /// The number of exams that begin with a localizer.
    package var localizers = 2
    /// The number of exams that end with a dose page (secondary capture).
    package var dosePages = 2
    /// The number of axial slices with the patient's name burned into the picture.
    package var burnedInSlices = 1

    /// A hospital with the default settings.
    package init() {}

    enum CodingKeys: String, CodingKey, CaseIterable {
        case exams, prevalence, postoperativeFraction, hardwareFraction, ageYears, types
        case secondTypeFraction, volumeEdgesML, volumeMix, bloodHU, isodenseFraction
        case calcificationFactor, scanner, identities, folders, labels, masks, localizers
        case dosePages, burnedInSlices
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(otherThan: CodingKeys.self)
        let box = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
            value = try box.decodeIfPresent(Value.self, forKey: key) ?? value
        }
        try read(.exams, &exams)
        try read(.prevalence, &prevalence)
        try read(.postoperativeFraction, &postoperativeFraction)
        try read(.hardwareFraction, &hardwareFraction)
        try read(.ageYears, &ageYears)
        try read(.types, &types)
        try read(.secondTypeFraction, &secondTypeFraction)
        try read(.volumeEdgesML, &volumeEdgesML)
        try read(.volumeMix, &volumeMix)
        try read(.bloodHU, &bloodHU)
        try read(.isodenseFraction, &isodenseFraction)
        try read(.calcificationFactor, &calcificationFactor)
        try read(.scanner, &scanner)
        try read(.identities, &identities)
        try read(.folders, &folders)
        try read(.labels, &labels)
        try read(.masks, &masks)
        try read(.localizers, &localizers)
        try read(.dosePages, &dosePages)
        try read(.burnedInSlices, &burnedInSlices)
    }

    /// What is wrong with these settings, all of it at once; empty if nothing is.
    package var problems: [String] {
        var problems: [String] = []
        func require(_ condition: Bool, _ problem: String) {
            if !condition { problems.append(problem) }
        }
        func requireShare(_ value: Double, _ name: String) {
            require((0...1).contains(value), "\(name) must be 0 to 1")
        }
        require((1...100_000).contains(exams), "exams must be 1 to 100000")
        requireShare(prevalence, "prevalence")
        requireShare(postoperativeFraction, "postoperativeFraction")
        requireShare(hardwareFraction, "hardwareFraction")
        requireShare(secondTypeFraction, "secondTypeFraction")
        requireShare(isodenseFraction, "isodenseFraction")
        require((0...10).contains(calcificationFactor), "calcificationFactor must be 0 to 10")
        require(
            Self.isAscending(ageYears) && ageYears.count == 2 && ageYears[0] >= 0
                && ageYears[1] <= 110,
            "ageYears must be two ascending ages within 0 to 110"
        )
        require(
            !types.isEmpty && types[.any] == nil && types.values.allSatisfy { $0 >= 0 }
                && types.values.contains { $0 > 0 },
            "types must give a weight to one of the five types at least"
        )
        require(
            Self.isAscending(volumeEdgesML) && volumeEdgesML.allSatisfy { 0.03...90 ~= $0 },
            "volumeEdgesML must ascend within 0.03 to 90"
        )
        require(
            volumeMix.count == volumeEdgesML.count + 1 && volumeMix.allSatisfy { $0 >= 0 }
                && volumeMix.contains { $0 > 0 },
            "volumeMix must have one share more than volumeEdgesML has edges"
        )
        require(
            bloodHU.count == 2 && Self.isAscending(bloodHU)
                && bloodHU.allSatisfy { 20...100 ~= $0 },
            "bloodHU must be two ascending values within 20 to 100"
        )
        require(
            [localizers, dosePages, burnedInSlices].allSatisfy { 0...exams ~= $0 },
            "localizers, dosePages and burnedInSlices must be 0 to the number of exams"
        )
        return problems + scanner.problems
    }

    private static func isAscending(_ values: [Double]) -> Bool {
        zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    }
}
