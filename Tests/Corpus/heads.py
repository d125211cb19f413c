"""CT images of a head-like ellipse, each with its number in the low bits of a row of brain."""
import datetime

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

SIZE = 128
BITS = 20

# Manufacturer, model, kernel, filter, software, scan options, protocol, study and series description.
STYLES = [
    ("SIEMENS", "SOMATOM Definition AS+", "H31s", "FLAT", "syngo CT 2012B", None,
     "HeadRoutine", "CT HEAD W/O CONTRAST", "HEAD 5.0 H31s"),
    ("GE MEDICAL SYSTEMS", "LightSpeed VCT", "STANDARD", "HEAD FILTER", "gmp_vct.42", "AXIAL MODE",
     "5.1 ROUTINE HEAD", "CT BRAIN WITHOUT CONTRAST", "Axial Brain 5mm"),
    ("Philips", "iCT 256", "UB", "B", "4.1.6", "HELIX", "BRAIN 5mm SOFT", "CT Head", "HEAD W/O 5mm, iDose (3)"),
    ("TOSHIBA", "Aquilion ONE", "FC21", "MEDIUM", "V4.93ER001", "HELICAL_CT", "Head Helical",
     "CT Brain (non contrast)", "Brain 1.0 Axial"),
    ("Hitachi Medical Corporation", "SCENARIA", "32", "0", "V3.05", None, "BRAIN 5mm",
     "CT HEAD TRAUMA", "5mm 32"),
    ("SIEMENS", "SOMATOM Force", ["Hr40f", "3"], "WEDGE_2", "syngo CT VA50A", None,
     "Schaedel nativ", "CT Schädel nativ", "Kopf nativ 5mm Weichteil"),
    ("Canon Medical Systems", "Aquilion Prime", "FC68", "LARGE", "V7.0", "SCANOSCOPE", "Stroke",
     "STROKE CT", "BONE 3.0"),
]


def picture(number, kind="ellipse", signed=True):
    """Stored values with intercept -1024; bits and their complement in the middle row."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] - SIZE / 2
    radius = np.sqrt((x / 46) ** 2 + (y / 56) ** 2)
    noise = np.random.default_rng(number).integers(-4, 5, (SIZE, SIZE))
    values = np.where(radius < 0.86, 1060, np.where(radius < 1, 2100, 24)) + noise * (radius < 1) + noise // 2
    row = values[SIZE // 2]
    for bit in range(BITS):
        one = number >> bit & 1
        row[40 + bit] = 1060 + one
        row[40 + BITS + bit] = 1060 + (1 - one)
    return values.astype(np.int16 if signed else np.uint16)


def number_of(pixels):
    """The number that :func:`picture` wrote, or nothing where it is damaged."""
    row = pixels[pixels.shape[0] // 2].astype(int)
    ones = [int(row[40 + bit]) - 1060 for bit in range(BITS)]
    zeros = [int(row[40 + BITS + bit]) - 1060 for bit in range(BITS)]
    if any(a not in (0, 1) or a + b != 1 for a, b in zip(ones, zeros)):
        return None
    return sum(one << bit for bit, one in enumerate(ones))


def sequence_of(**attributes):
    item = Dataset()
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return Sequence([item])


def code(value, scheme, meaning):
    return sequence_of(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def head(number, patient, style=0, when=datetime.datetime(2019, 3, 14, 9, 26, 53), study=1, series=1,
         instance=1, spacing=5.0):
    """A CT image with a full, identifying header and all that training and comparison need."""
    maker, model, kernel, filter_type, software, options, protocol, about, series_about = STYLES[style % len(STYLES)]
    day, time = when.strftime("%Y%m%d"), when.strftime("%H%M%S.%f")
    root = f"{patient.uid_root}.{study}"
    d = FileDataset(None, {}, preamble=b"\0" * 128, is_little_endian=True, is_implicit_VR=False)
    d.SpecificCharacterSet = "ISO_IR 192"
    d.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    d.SOPClassUID = CTImageStorage
    d.SOPInstanceUID = f"{root}.{series}.{instance}.{number}"
    d.InstanceCreationDate = d.StudyDate = d.SeriesDate = d.AcquisitionDate = d.ContentDate = day
    d.InstanceCreationTime = d.StudyTime = d.SeriesTime = d.AcquisitionTime = d.ContentTime = time
    d.AcquisitionDateTime = day + time + "+0100"
    d.AccessionNumber = patient.accession
    d.Modality = "CT"
    d.Manufacturer, d.ManufacturerModelName = maker, model
    d.InstitutionName, d.InstitutionAddress = patient.institution, patient.address + ", " + patient.city
    d.InstitutionalDepartmentName = patient.department
    d.ReferringPhysicianName, d.PerformingPhysicianName = patient.referring, patient.performing
    d.NameOfPhysiciansReadingStudy, d.OperatorsName = patient.reading, patient.operator
    d.StationName, d.DeviceSerialNumber = patient.station, patient.serial
    d.StudyDescription, d.SeriesDescription, d.ProtocolName = about, series_about, protocol
    d.PatientName, d.PatientID = patient.name, patient.mrn
    d.IssuerOfPatientID = patient.institution
    d.PatientBirthDate, d.PatientSex = patient.birth.strftime("%Y%m%d"), patient.sex
    d.PatientAge = f"{min(when.year - patient.birth.year, 89):03d}Y"
    d.PatientSize, d.PatientWeight = "1.74", "71.5"
    d.OtherPatientIDs, d.PatientMotherBirthName = patient.other_id, patient.mother
    d.PatientAddress, d.PatientTelephoneNumbers = patient.address, patient.telephone
    d.EthnicGroup = "Caucasian"
    d.BodyPartExamined = "HEAD"
    if options:
        d.ScanOptions = options
    d.SliceThickness, d.KVP, d.DataCollectionDiameter = spacing, "120", "500"
    d.SoftwareVersions, d.ReconstructionDiameter = software, "230"
    d.DistanceSourceToDetector, d.DistanceSourceToPatient = "1085.6", "595"
    d.GantryDetectorTilt, d.TableHeight, d.RotationDirection = "-8.5", "144", "CW"
    d.ExposureTime, d.XRayTubeCurrent, d.Exposure = "1000", "310", "310"
    d.FilterType, d.GeneratorPower, d.FocalSpots = filter_type, "42", "1.2"
    d.ConvolutionKernel, d.PatientPosition = kernel, "HFS"
    d.SingleCollimationWidth, d.TotalCollimationWidth, d.SpiralPitchFactor = 0.6, 19.2, 0.55
    d.CTDIvol, d.ExposureModulationType = 57.3, "NONE"
    d.ContrastBolusAgent = ["", "NONE", "Omnipaque 350"][style % 3] or None
    d.StudyInstanceUID, d.SeriesInstanceUID = root, f"{root}.{series}"
    d.FrameOfReferenceUID = f"{root}.99"
    d.StudyID, d.SeriesNumber, d.AcquisitionNumber, d.InstanceNumber = "4711", series, "1", instance
    d.ImagePositionPatient = ["-115", "-115", f"{instance * spacing:.2f}"]
    d.ImageOrientationPatient = ["1", "0", "0", "0", "0.989", "-0.1478"]
    d.PositionReferenceIndicator, d.SliceLocation = "OM", f"{instance * spacing:.2f}"
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.Rows = d.Columns = SIZE
    d.PixelSpacing = ["0.449219", "0.449219"]
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 16, 15, 1
    d.WindowCenter, d.WindowWidth = ["40", "600"], ["80", "2800"]
    d.WindowCenterWidthExplanation = ["WINDOW1", "WINDOW2"]
    d.RescaleIntercept, d.RescaleSlope, d.RescaleType = "-1024", "1", "HU"
    d.AdditionalPatientHistory = f"fall, seen by Dr {patient.referring.split('^')[0]}"
    d.ReferencedStudySequence = sequence_of(ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1", ReferencedSOPInstanceUID=root)
    d.ReferencedImageSequence = sequence_of(ReferencedSOPClassUID=CTImageStorage, ReferencedSOPInstanceUID=f"{root}.{series}.1.0")
    d.ProcedureCodeSequence = code("P5-00900", "SRT", "CT head")
    d.PerformedProcedureStepStartDate, d.PerformedProcedureStepID = day, "PPS" + patient.accession
    d.RequestAttributesSequence = sequence_of(RequestedProcedureID=patient.accession, ScheduledProcedureStepID="S" + patient.accession)
    pixels = picture(number)
    d.PixelData = pixels.tobytes()
    d["PixelData"].VR = "OW"
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\0\1"
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = CTImageStorage, d.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID, meta.ImplementationVersionName = "1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367"
    d.file_meta = meta
    return d
