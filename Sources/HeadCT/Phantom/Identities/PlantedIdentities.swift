/// Every fictitious identifier that a simulated hospital holds, for tests that search for leaks.
///
/// The product never reads it; it is written only where a test asks for it, outside the hospital.
package struct PlantedIdentities: Sendable, Hashable, Codable {
    /// What a value is.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        case accession
        case address
        case birthDate = "birth-date"
        case device
        case identifier
        case institution
        case name
        case phone
        case staff
        case uid

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// One value as it stands in the files, without the word SYNTHETIC.
    package struct Needle: Sendable, Hashable, Codable {
        /// What it is.
        package let kind: Kind
        /// The text; in files it is encoded in the hospital's character set.
        package let value: String
    }

    /// The site's identifier.
    package let site: String
    /// The defined terms of the character set of the files.
    package let characterSet: [String]
    /// The values, ascending by kind and value, each once.
    package let needles: [Needle]

    /// Collects what stands in the files of these studies.
    init(site: FictitiousSite, studies: [StudyIdentity]) {
        var needles: Set<Needle> = [
            Needle(kind: .institution, value: site.institution),
            Needle(kind: .address, value: site.address),
            Needle(kind: .device, value: site.station),
            Needle(kind: .device, value: site.deviceSerial),
        ]
        for study in studies {
            for person in [study.referring, study.performing, study.operatorName] {
                for part in person.split(whereSeparator: { "-^".contains($0) }).dropFirst() {
                    needles.insert(Needle(kind: .staff, value: String(part)))
                }
            }
            needles.formUnion(Self.needles(of: study.patient))
            needles.formUnion(study.uids.map { Needle(kind: .uid, value: $0) })
        }
        self.site = site.siteID
        self.characterSet = site.style.characterSetTerms
        self.needles = needles.sorted { ($0.kind, $0.value) < ($1.kind, $1.value) }
    }

    private static func needles(of patient: FictitiousPatient) -> [Needle] {
        let values: [(Kind, String)] = [
            (.name, patient.familyName), (.name, patient.givenName),
            (.name, patient.plainName), (.identifier, patient.patientID),
            (.identifier, patient.otherPatientID), (.identifier, patient.admissionID),
            (.identifier, patient.insurance), (.accession, patient.accessionNumber),
            (.birthDate, patient.birthDay.digits), (.birthDate, patient.birthDay.dotted),
            (.address, patient.address), (.phone, patient.phone),
        ]
        let groups = patient.nameGroups.flatMap { $0.split(separator: "^").map(String.init) }
        return values.map { Needle(kind: $0.0, value: $0.1) }
            + groups.map { Needle(kind: .name, value: $0) }
    }
}
