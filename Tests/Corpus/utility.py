"""Harmless files: what must come through, and must do so consistently; and people whose names are words."""
import datetime

import heads

DESCRIPTIONS = ["CT HEAD W/O CONTRAST", "CT BRAIN WITHOUT CONTRAST", "CT Head", "HEAD 5.0 H31s", "Axial Brain 5mm", "BRAIN 5mm SOFT", "Thin Brain 0.625",
                "Bone 1.0 Hr59", "CT Schädel nativ", "Kopf nativ 5mm Weichteil", "Cerveau sans injection", "CRANEO SIN CONTRASTE", "CT ANGIO HEAD NECK",
                "STROKE CT", "HEAD TRAUMA", "CT HEAD WITH AND WITHOUT IV CONTRAST", "C- 5.0", "Routine Head", "HeadRoutine", "5.1 ROUTINE HEAD",
                "AX 2.5 BONE", "COR MPR", "SAG 3mm", "Brain perfusion", "CTA arterial phase", "BRAIN ST 5MM", "HEAD^ROUTINE (ADULT)", "Head 5.0mm std",
                "Unenhanced brain", "Noncontrast head CT", "POST OP HEAD", "CT HEAD/BRAIN W/O", "Pediatric head", "Sequenz 4.8 H40s", "Hemorrhage follow up",
                "TC CRANIO SENZA MDC", "CT hersenen blanco", "CT HEAD WO CONTRAST STROKE ALERT", "AXIAL THIN BONE ALGORITHM", "Recon 2: BRAIN", "0.75mm soft tissue"]
VENDOR = {
    "ConvolutionKernel": ["H31s", "H60s", "J40s", "Hr40f", "FC21", "FC68", "STANDARD", "BONEPLUS", "SOFT", "DETAIL", "UB", "YA", "32", "FL03", "HEAD", "BRAIN", "Qr36d", "B30f"],
    "FilterType": ["FLAT", "WEDGE_2", "HEAD FILTER", "BODY FILTER", "MEDIUM FILTER", "LARGE", "0", "1", "B", "STANDARD"],
    "ScanOptions": ["AXIAL MODE", "HELICAL MODE", "HELIX", "SEQUENCE", "SCOUT MODE", "HELICAL_CT", "NORMAL_CT", "CINE MODE"],
    "ManufacturerModelName": ["SOMATOM Definition Flash", "SOMATOM go.Top", "NAEOTOM Alpha", "Revolution EVO", "Optima CT660", "Discovery CT750 HD", "BrightSpeed", "Brilliance 64",
                              "IQon - Spectral CT", "Ingenuity CT", "Aquilion", "Aquilion CXL", "uCT 780", "NeuViz 128", "Sensation 64", "Emotion 16 (2007)", "ECLOS", "CT 5000 Ingenuity"],
    "Manufacturer": ["SIEMENS", "Siemens Healthineers", "GE MEDICAL SYSTEMS", "Philips", "Philips Medical Systems", "TOSHIBA", "Canon Medical Systems", "Hitachi Medical Corporation",
                     "Hitachi, Ltd.", "UIH", "United Imaging Healthcare", "Neusoft Medical Systems", "NeuroLogica", "Samsung Electronics", "Picker International, Inc.", "MinFound"],
    "SoftwareVersions": ["syngo CT 2012B", "VA44A", "V3.05", "12HW28.5", "4.1.6", "sles_hde.110", "V4.93ER001", "07MW18.4", "syngo CT VB20A_SP2", "revo_ct_22bc.40", "gmp_hde.94"],
    "BodyPartExamined": ["HEAD", "BRAIN", "SKULL", "HEADNECK", "HEAD_NECK"],
    "ContrastBolusAgent": ["NONE", "Omnipaque 350", "IODINE", "Isovue 370", "APPLIED", "CONTRAST", "& 0 ML"],
    "ContrastBolusRoute": ["IV", "INTRAVENOUS", "Oral & IV"],
    "ExposureModulationType": ["NONE", "XYZ_EC", "Z_EC", "3D"], "PatientPosition": ["HFS", "FFS", "HFP"], "RotationDirection": ["CW", "CC"],
    "RescaleType": ["HU", "US"], "PositionReferenceIndicator": ["OM", "SN", "XY"], "EthnicGroup": ["Caucasian", "Asian"], "PatientSex": ["M", "F", "O"],
    "AcquisitionType": ["SEQUENCED", "SPIRAL"], "SmokingStatus": ["NO", "YES", "UNKNOWN"], "PregnancyStatus": [4, 1],
    "ImageType": [["ORIGINAL", "PRIMARY", "AXIAL", "HELIX"], ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SPI"], ["DERIVED", "PRIMARY", "AXIAL", "CT_SOM5 SEQ"], ["ORIGINAL", "PRIMARY", "AXIAL"]],
    "LossyImageCompression": ["00", "01"], "FocalSpots": ["0.7", ["0.6", "1.2"]], "PatientOrientation": [["L", "P"]], "QualityControlImage": ["NO"],
}
# Measures that a head CT may hold, outside the usual ones.
MEASURES = {"WindowCenter": ["40", "35.5", "-600", ["40", "600"]], "KVP": ["80", "100", "120", "140", "120.0"], "ExposureTime": ["500", "1000", "1925"], "XRayTubeCurrent": ["45", "310", "800"],
            "GantryDetectorTilt": ["0", "-18.5", "+8.5", "22.5"], "SliceThickness": ["0.625", "5", "4.8", "5.000000"], "TableHeight": ["144", "-12.5", "163.000000"], "SeriesNumber": ["2", "401", "80352"],
            "AcquisitionNumber": ["1", "3"], "InstanceNumber": ["1", "340"], "ExposureInmAs": [310.5], "RevolutionTime": [0.5], "TableSpeed": [23.0], "TableFeedPerRotation": [12.5],
            "SpiralPitchFactor": [0.984], "EstimatedDoseSaving": [25.0], "CTDIvol": [57.3], "SpacingBetweenSlices": ["5"], "DistanceSourceToDetector": ["949.147"], "GeneratorPower": ["37"],
            "DataCollectionDiameter": ["250.000000"], "ReconstructionDiameter": ["236"], "SliceLocation": ["-137.25", "1432.5"], "Exposure": ["155"], "ExposureInuAs": ["155000"],
            "ReconstructionTargetCenterPatient": [[1.5, -20.0, 33.0]], "DataCollectionCenterPatient": [[1.5, -20.0, 33.0]], "PatientWeight": ["71.5", "3.2", "142"],
            "PatientSize": ["1.74", "0.52"], "PixelPaddingValue": [-2000], }


def of_survival(corpus):
    """Patients with several studies, series and slices: consistency, intervals, everything useful."""
    for number in range(6):
        patient = corpus.patient()
        first = datetime.datetime(2016 + number // 2, 1 + number, 20, 8, 30, 15, 250000)
        for study, days in enumerate((0, 3, 411), 1):
            for series in (1, 2):
                for instance in range(1, 5):
                    case = corpus.case("survival", patient, style=number + series, when=first + datetime.timedelta(days=days, seconds=instance),
                                       study=study, series=series, instance=instance, spacing=5.0 if series == 1 else 1.25)
                    case.write(path=f"{patient.mrn.replace('/', '-')}/{study}/{series}/{instance:03}.dcm", useful=True)


def of_words(corpus):
    for keyword in ("StudyDescription", "SeriesDescription", "ProtocolName"):
        for text in DESCRIPTIONS:
            case = corpus.case("harmless descriptors")
            setattr(case.d, keyword, text)
            case.expect(keyword, "words", [text])
            case.write()
    for table in (VENDOR, MEASURES):
        for keyword, values in table.items():
            for value in values:
                case = corpus.case("vendors' values" if table is VENDOR else "measures")
                setattr(case.d, keyword, value)
                case.without.add(keyword)
                case.expect(keyword)
                case.write()


def of_coincidences(corpus):
    """Names and numbers that are also words of radiology, makers, measures or months."""
    for family, given in [("Head", "Chest"), ("Siemens", "Anna"), ("May", "June"), ("Brown", "Axial"), ("White", "Bone"), ("Long", "Young"), ("Contrast", "April"), ("Philips", "Thin"), ("Stand", "Art"),
                          ("Canon", "Ray"), ("Li", "Bo"), ("Ng", "A"), ("Brain", "Soft"), ("Hu", "CT"), ("Standard", "Medium"), ("Primary", "Original"), ("Hitachi", "Ken"), ("Flat", "Primary"), ("Yes", "No"),
                          ("M", "F"), ("Null", "None"), ("Case", "Test"), ("Force", "Alpha"), ("Helix", "Spiral"), ("ISO", "IR"), ("OM", "HFS"), ("Caucasian", "Asian")]:
        patient = corpus.patient(name=(family, given, ""))
        case = corpus.case("names that are words", patient)
        case.needles = [n for n in case.needles if n["text"] not in (family, given)]
        case.keep.append({"keyword": "PatientName", "kind": "not", "values": [f"{family}^{given}"], "category": "names that are words"})
        case.write()
    for number in ("1", "512", "128", "16", "120", "40", "310", "5", "2019", "0", "4711", "1000", "20190314", "092653", "1024", "CT", "HEAD1", "00000001", "1.2", "H31s", "CT99231"):
        patient = corpus.patient(mrn=number)
        case = corpus.case("numbers that are measures", patient)
        case.needles = [n for n in case.needles if n["text"] != number]
        case.keep.append({"keyword": "PatientID", "kind": "not", "values": [number], "category": "numbers that are measures"})
        case.write()
    for keyword in ("OperatorsName", "ReferringPhysicianName", "InstitutionName", "InstitutionalDepartmentName", "InstitutionAddress", "AccessionNumber", "StudyID", "RequestingService", "CurrentPatientLocation"):
        for text in ("Head", "SIEMENS", "BRAIN", "CT", "1", "128", "RADIOLOGY", "Brain Center", "Axial", "HFS", "STANDARD"):
            case = corpus.case("staff and places that are words")
            setattr(case.d, keyword, text)
            case.expect("StudyDescription", "words")
            case.write()
