import DICOM

/// The header of a phantom's files: as rich and as full of identity as a scanner's, all invented.
///
/// Marked as synthetic by maker, names, image comments and private creators.
struct PhantomHeader {
    let study: StudyIdentity
    let scanner: SimulatedScanner

    private var patient: FictitiousPatient { study.patient }
    private var site: FictitiousSite { study.site }

    /// Everything that all objects of the study have in common.
    func common() throws(DICOMError) -> DataSet {
        var dataSet = try empty()
        if !site.style.characterSetTerms.isEmpty {
            try dataSet.set(.specificCharacterSet, strings: site.style.characterSetTerms)
        }
        try addPatient(to: &dataSet)
        try addStudy(to: &dataSet)
        try addEquipment(to: &dataSet)
        try addFreeText(to: &dataSet)
        try addSequences(to: &dataSet)
        try addPrivateBlocks(to: &dataSet)
        return dataSet
    }

    /// The header of the axial series, without what differs between slices.
    func series(_ scan: PhantomScan) throws(DICOMError) -> DataSet {
        var dataSet = try common()
        try set(
            [
                (.sopClassUID, "1.2.840.10008.5.1.4.1.1.2"), (.modality, "CT"),
                (.seriesInstanceUID, study.seriesUID),
                (.frameOfReferenceUID, study.frameOfReferenceUID),
                (.seriesDescription, seriesDescription), (.protocolName, "HEAD ROUTINE"),
                (.bodyPartExamined, "HEAD"), (.patientPosition, "HFS"),
                (.convolutionKernel, scanner.kernelName), (.filterType, "HEAD FILTER"),
                (.rotationDirection, "CW"), (.exposureModulationType, "NONE"),
                (.scanOptions, "AXIAL MODE"), (.positionReferenceIndicator, "OM"),
                (.rescaleType, "HU"), (.photometricInterpretation, "MONOCHROME2"),
            ],
            in: &dataSet
        )
        try dataSet.set(.imageType, strings: ["ORIGINAL", "PRIMARY", "AXIAL"])
        try addExposure(scan, to: &dataSet)
        try addPixelModule(scan, to: &dataSet)
        return dataSet
    }

    private var seriesDescription: String {
        "HEAD \(scanner.sliceThicknessMM) \(scanner.kernelName)"
    }

    /// A data set of the hospital's character set, without elements.
    func empty() throws(DICOMError) -> DataSet {
        DataSet(characterSet: SpecificCharacterSet(terms: site.style.characterSetTerms))
    }

    /// Sets texts by the dictionary's representations.
    func set(_ values: [(Tag, String)], in dataSet: inout DataSet) throws(DICOMError) {
        for (tag, text) in values { try dataSet.set(tag, string: text) }
    }

    private func addPatient(to dataSet: inout DataSet) throws(DICOMError) {
        try set(
            [
                (.patientName, patient.personName), (.patientID, patient.patientID),
                (.issuerOfPatientID, patient.issuer),
                (.patientBirthDate, patient.birthDay.digits),
                (.patientSex, patient.isMale ? "M" : "F"), (.patientAge, patient.dicomAge),
                (.otherPatientIDs, patient.otherPatientID),
                (.patientMotherBirthName, patient.motherBirthName),
                (.patientAddress, patient.address),
                (.patientTelephoneNumbers, patient.phone), (.militaryRank, "Sea Scout"),
                (Tag(0x0010, 0x2160), "Synthetic"), (.occupation, "Cloud counter"),
                (Tag(0x0010, 0x1090), "ARCH-" + patient.otherPatientID),
                (.admissionID, patient.admissionID),
            ],
            in: &dataSet
        )
        let years = min(15, patient.ageYears).rounded()
        try dataSet.set(.patientWeight, doubles: [4 + 4.5 * years])
        try dataSet.set(.patientSize, doubles: [0.55 + 0.075 * years])
    }

    private func addStudy(to dataSet: inout DataSet) throws(DICOMError) {
        let day = patient.examDay.digits
        try set(
            [
                (.studyInstanceUID, study.studyUID), (.studyID, study.studyID),
                (.accessionNumber, patient.accessionNumber), (.studyDate, day),
                (.seriesDate, day), (.acquisitionDate, day), (.contentDate, day),
                (.instanceCreationDate, day), (.studyTime, study.studyTime),
                (.seriesTime, study.studyTime), (.acquisitionTime, study.studyTime),
                (.contentTime, study.studyTime),
                (.performedProcedureStepStartDate, day),
                (.performedProcedureStepStartTime, study.studyTime),
                (.performedProcedureStepID, "PPS" + patient.accessionNumber),
                (.performedProcedureStepDescription, "CT HEAD " + patient.spokenName),
                (.studyDescription, "CT HEAD " + patient.spokenName),
                (.referringPhysicianName, study.referring),
                (.performingPhysicianName, study.performing),
                (.nameOfPhysiciansReadingStudy, study.performing),
                (.operatorsName, study.operatorName),
                (.requestingPhysician, study.referring),
            ],
            in: &dataSet
        )
    }

    private func addEquipment(to dataSet: inout DataSet) throws(DICOMError) {
        try set(
            [
                (.manufacturer, FictitiousPatient.mark + " " + scanner.manufacturer),
                (.manufacturerModelName, scanner.model), (.institutionName, site.institution),
                (.institutionAddress, site.address),
                (.institutionalDepartmentName, "Imaging of phantoms"),
                (.stationName, site.station), (.deviceSerialNumber, site.deviceSerial),
                (.softwareVersions, "phantom-1"),
            ],
            in: &dataSet
        )
    }

    private func addFreeText(to dataSet: inout DataSet) throws(DICOMError) {
        let call = "call \(patient.phone)"
        try set(
            [
                (.imageComments, "SYNTHETIC PHANTOM, NOT A PATIENT. \(patient.spokenName)"),
                (
                    .additionalPatientHistory,
                    "\(patient.spokenName), born \(patient.birthDay.dotted), fell at home; \(call)"
                ),
                (.patientComments, "Mother \(patient.motherBirthName), \(call)"),
                (.admittingDiagnosesDescription, "Headache, seen by \(study.referring)"),
                (.requestedProcedureDescription, "CT head for \(patient.spokenName)"),
                (Tag(0x0032, 0x1030), "Bleeding? (\(patient.patientID))"),
                (.allergies, "none known to \(study.operatorName)"),
                (.patientState, "stable"),
            ],
            in: &dataSet
        )
    }

    private func addSequences(to dataSet: inout DataSet) throws(DICOMError) {
        var other = try empty()
        try set(
            [(.patientID, patient.otherPatientID), (.issuerOfPatientID, patient.issuer)],
            in: &other
        )
        dataSet.set(.otherPatientIDsSequence, items: [other])
        var person = try empty()
        try set(
            [
                (.institutionName, site.institution), (.institutionAddress, site.address),
                (.personAddress, patient.address),
            ],
            in: &person
        )
        dataSet.set(.referringPhysicianIdentificationSequence, items: [person])
        var request = try empty()
        try set(
            [
                (.requestedProcedureDescription, "CT head " + patient.spokenName),
                (.scheduledProcedureStepDescription, "CT head " + patient.accessionNumber),
                (.requestedProcedureID, "RP" + patient.accessionNumber),
                (.scheduledProcedureStepID, "SPS" + patient.accessionNumber),
            ],
            in: &request
        )
        dataSet.set(.requestAttributesSequence, items: [request])
        var former = try empty()
        try set(
            [
                (.patientName, patient.motherBirthName + "^" + patient.givenName),
                (.patientID, patient.insurance),
            ],
            in: &former
        )
        var original = try empty()
        original.set(.modifiedAttributesSequence, items: [former])
        try set(
            [
                (.attributeModificationDateTime, patient.examDay.digits + study.studyTime),
                (.modifyingSystem, site.station), (.reasonForTheAttributeModification, "CORRECT"),
            ],
            in: &original
        )
        dataSet.set(.originalAttributesSequence, items: [original])
    }

    /// Blocks in makers' style: names as text, inside a sequence, and inside bytes.
    private func addPrivateBlocks(to dataSet: inout DataSet) throws(DICOMError) {
        let mark = FictitiousPatient.mark + " " + scanner.manufacturer
        try dataSet.set(Tag(0x0009, 0x0010), .lo, string: mark + " ID 01")
        try dataSet.set(Tag(0x0009, 0x1001), .lo, string: patient.spokenName)
        try dataSet.set(Tag(0x0009, 0x1002), .sh, string: patient.patientID)
        try dataSet.set(Tag(0x0009, 0x1004), .lt, string: "Seen by " + study.performing)
        var nested = try empty()
        try set(
            [
                (.patientName, patient.personName), (.patientBirthDate, patient.birthDay.digits),
            ],
            in: &nested
        )
        dataSet.set(Tag(0x0009, 0x1020), items: [nested])
        try dataSet.set(Tag(0x0029, 0x0010), .lo, string: mark + " CSA")
        let record = "SV10\0PatientName=\(patient.plainName)\0PatientID=\(patient.patientID)\0"
        dataSet.set(Tag(0x0029, 0x1010), .ob, bytes: Array(record.utf8))
        try dataSet.set(Tag(0x0029, 0x1018), .da, string: patient.birthDay.digits)
    }

    private func addExposure(
        _ scan: PhantomScan,
        to dataSet: inout DataSet
    ) throws(DICOMError) {
        let acquisition = scan.acquisition
        try dataSet.set(.kvp, doubles: [Double(scanner.tubeVoltageKV)])
        try dataSet.set(.exposure, ints: [Int(scanner.exposureMAS.rounded())])
        try dataSet.set(.exposureTime, ints: [1000])
        try dataSet.set(.xRayTubeCurrent, ints: [Int(scanner.exposureMAS.rounded())])
        try dataSet.set(.sliceThickness, doubles: [acquisition.sliceThickness])
        try dataSet.set(.gantryDetectorTilt, doubles: [rounded(acquisition.tiltDegrees)])
        try dataSet.set(.dataCollectionDiameter, doubles: [500])
        try dataSet.set(.reconstructionDiameter, doubles: [scanner.fieldOfViewMM])
        try dataSet.set(.tableHeight, doubles: [152])
        try dataSet.set(.seriesNumber, ints: [2])
        try dataSet.set(.acquisitionNumber, ints: [1])
        try dataSet.set(
            .imageOrientationPatient,
            doubles: [
                1, 0, 0, 0, rounded(acquisition.columnDirection.y),
                rounded(acquisition.columnDirection.z),
            ]
        )
    }

    private func addPixelModule(
        _ scan: PhantomScan,
        to dataSet: inout DataSet
    ) throws(DICOMError) {
        let matrix = scan.acquisition.matrix
        let bits = scanner.storesSigned ? 16 : 12
        try dataSet.set(.samplesPerPixel, ints: [1])
        try dataSet.set(.rows, ints: [matrix])
        try dataSet.set(.columns, ints: [matrix])
        let spacing = rounded(scan.acquisition.pixelSpacing)
        try dataSet.set(.pixelSpacing, doubles: [spacing, spacing])
        try dataSet.set(.bitsAllocated, ints: [16])
        try dataSet.set(.bitsStored, ints: [bits])
        try dataSet.set(.highBit, ints: [bits - 1])
        try dataSet.set(.pixelRepresentation, ints: [scanner.storesSigned ? 1 : 0])
        try dataSet.set(.rescaleIntercept, doubles: [-1024])
        try dataSet.set(.rescaleSlope, doubles: [1])
        try dataSet.set(.windowCenter, doubles: [40])
        try dataSet.set(.windowWidth, doubles: [80])
        if scanner.padsOutsideCircle {
            let vr: VR = scanner.storesSigned ? .ss : .us
            try dataSet.set(.pixelPaddingValue, vr, ints: [PhantomPixels.padding(scanner)])
        }
    }

    /// Nine decimals, which a decimal string of 16 characters holds.
    func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}
