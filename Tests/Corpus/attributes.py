"""Plantings in every attribute of the dictionary, at the top, in sequences and where numbers belong."""
import pathlib
import re
import struct

import pydicom
from pydicom.datadict import DicomDictionary
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

# Without these an image is another image, or none: they have cases of their own.
STRUCTURE = {0x00080005, 0x00080008, 0x00080016, 0x00080018, 0x00080060, 0x0020000D, 0x0020000E, 0x00200032, 0x00200037, 0x00180050,
             0x00080068, 0x00080061, 0x00180015, 0x00185100, 0x00280300, 0x00280301}
TEXT = {"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"}
CHUNK = 120


def listed():
    """The tags of Table E.1-1, from the rows that the product is generated from."""
    rows = pathlib.Path(__file__).parents[2] / "Sources/Deidentification/Generated/ConfidentialityTable+Rows.swift"
    return {int(a + b, 16) for a, b in re.findall(r"0x([0-9A-Fa-f]{4}),\s*0x([0-9A-Fa-f]{4})", rows.read_text())} | {
        int(a, 16) for a in re.findall(r"0x([0-9A-Fa-f]{8})\b", rows.read_text())} | {
        int(a + b, 16) for a, b in re.findall(r"\(([0-9A-F]{4}),([0-9A-F]{4})\)", rows.read_text())}


def value(case, tag, vr, name, category):
    """A planted value that is valid in its VR."""
    word = lambda: case.word(name, category)
    number = lambda count: case.digits(name, count, category)
    if vr in ("CS", "AE"):
        return word().upper()
    if vr == "PN":
        return f"{word()}^{word()}"
    if vr == "UR":
        return f"https://{word().lower()}.org/{word().lower()}"
    if vr in TEXT:
        return word() if vr == "SH" else f"{word()} {word()}"
    if vr in ("IS", "DS"):
        return number(8)
    if vr == "UI":
        return f"1.2.826.0.1.{number(9)}"
    if vr in ("DA", "DT"):
        r = case.corpus.random
        day = f"{r.randint(1931, 1989)}{r.randint(1, 12):02}{r.randint(1, 28):02}"
        case.needle(day, name, category + ", dates")
        return day if vr == "DA" else day + f"{r.randint(100000, 235959) // 10000:02}1741.123+0100"
    if vr in ("OB", "UN"):
        return (word() + " ").encode()[:8].ljust(8)
    return None


def fill(data_set, case, tags, names, category):
    for tag, vr, name in tags:
        planted = value(case, tag, vr, f"{names}{name}", category)
        if planted is not None:
            data_set.add_new(tag, vr, planted)


def of_dictionary(corpus):
    """Every attribute of PS3.6 with a text, number, date or identifier in it."""
    table = listed()
    tags = []
    for tag, (vr, _, _, _, keyword) in sorted(DicomDictionary.items()):
        vr = vr.split(" or ")[0]
        group = tag >> 16
        if group in (0, 2, 4) or 0x5000 <= group <= 0x60FF or tag in STRUCTURE or group in (0x0028, 0x7FE0, 0xFFFE, 0xFFFA):
            continue
        if vr in TEXT | {"IS", "DS", "UI", "DA", "DT", "OB", "UN"}:
            tags.append((tag, vr, keyword))
    chunks = [tags[at:at + CHUNK] for at in range(0, len(tags), CHUNK)]
    for chunk in chunks:
        name = lambda t, where: ("Table E.1-1" if t[0] in table else "not in Table E.1-1") + where
        for where in ("top", "nested", "UN"):
            case = corpus.case("every attribute, " + where)
            target = case.d
            if where != "top":
                inner, middle = Dataset(), Dataset()
                target = inner
                middle.add_new(0x00400008, "SQ", Sequence([inner]))
                inner.add_new(0x00080100, "SH", "P5-00900")
                holder = "RequestAttributesSequence" if where == "nested" else "ProcedureCodeSequence"
                setattr(case.d, holder, Sequence([middle]))
            for at in chunk:
                fill(target, case, [at], "", name(at, ", " + where))
            if where == "UN":
                case.write(change=sequences_as_unknown)
            else:
                case.write()


def sequences_as_unknown(data):
    """Procedure code sequences (0008,1032) written as UN of undefined length, implicit inside."""
    d = pydicom.dcmread(pydicom.filebase.DicomBytesIO(data))
    inner = pydicom.filebase.DicomBytesIO()
    inner.is_implicit_VR, inner.is_little_endian = True, True
    holder = Dataset()
    holder.add_new(0x00081032, "SQ", d.ProcedureCodeSequence)
    pydicom.filewriter.write_dataset(inner, holder)
    items = inner.getvalue()[8:]
    at = data.index(b"\x08\x00\x32\x10SQ")
    length = int.from_bytes(data[at + 8:at + 12], "little")
    assert length != 0xFFFFFFFF
    return (data[:at] + b"\x08\x00\x32\x10UN\0\0" + b"\xff\xff\xff\xff" + items
            + b"\xfe\xff\xdd\xe0\0\0\0\0" + data[at + 12 + length:])


def of_kept(corpus):
    """A name in each attribute that training uses, one file each: the value goes, the image stays."""
    for keyword in ("Manufacturer ManufacturerModelName ConvolutionKernel FilterType ScanOptions BodyPartExamined"
                    " ProtocolName StudyDescription SeriesDescription SoftwareVersions PositionReferenceIndicator"
                    " WindowCenterWidthExplanation RescaleType ExposureModulationType RotationDirection"
                    " ContrastBolusAgent ContrastBolusRoute EthnicGroup PatientSex StationName DeviceSerialNumber AcquisitionType"
                    " PerformedProcedureStepDescription RequestedProcedureDescription AcquisitionProtocolDescription"
                    " LossyImageCompression LongitudinalTemporalInformationModified PatientIdentityRemoved"
                    " DeidentificationMethod PatientPosition QualityControlImage SmokingStatus PregnancyStatus"
                    " AdmittingDiagnosesDescription ImageComments Occupation AdditionalPatientHistory"
                    " DeviceID DetectorID GantryID CassetteID PlateID LensMake ContributionDescription").split():
        tag = pydicom.datadict.tag_for_keyword(keyword)
        vr = pydicom.datadict.dictionary_VR(tag)
        if vr in ("US",):
            continue
        for form in ("unknown word", "patient's name", "patient's number", "reversed", "initials and date"):
            case = corpus.case("kept attribute misused")
            p = case.patient
            place = f"{keyword}: {form}"
            family = re.sub(r"[^A-Za-z]", "", p.mother.split("^")[0])
            text = {"unknown word": lambda: case.word(place), "patient's name": lambda: family,
                    "patient's number": lambda: p.mrn, "reversed": lambda: family[::-1],
                    "initials and date": lambda: p.mother[0] + "." + p.birth.strftime("%d.%m.%Y")}[form]()
            case.needle(text, place)
            if vr == "CS":
                text = re.sub(r"[^A-Z0-9_ ]", "_", text.upper())
                case.needle(text, place)
            setattr(case.d, keyword, text[:16] if vr == "SH" else text)
            case.without.add(keyword)
            case.write()


def of_codes(corpus):
    """Numbers and words of the patient as codes, in the forms of standard schemes."""
    for scheme in ("SCT", "SRT", "DCM", "RADLEX", "SNM3", "LN", "UCUM", "99LOCAL", "ICD10", "FMA"):
        for form in ("number", "word", "record"):
            case = corpus.case("codes misused")
            place = f"{scheme}: {form}"
            digits = case.digits(place, 5)
            text = {"number": digits, "word": case.word(place), "record": case.patient.mrn}[form]
            text = {"SRT": "P-" + text[-5:], "SNM3": "T-" + text[-5:], "RADLEX": "RID" + text[-5:], "DCM": "1" + text[-5:]}.get(scheme, text)
            case.needle(text, place)
            if form == "number":
                # What carries five digits of nobody's is a code like another.
                case.needles = case.needles[:-2]
                case.d.PatientID = "K" + digits
                case.needle(digits, place)
            if form == "record" and scheme in ("SRT", "SNM3", "RADLEX"):
                case.d.PatientID = text
            if form == "record" and scheme == "DCM":
                case.d.PatientID = "A" + text
            for keyword in ("ProcedureCodeSequence", "AnatomicRegionSequence", "ContrastBolusAgentSequence"):
                item = Dataset()
                item.CodeValue, item.CodingSchemeDesignator = text, scheme
                item.CodeMeaning = case.word(place + " meaning")
                setattr(case.d, keyword, Sequence([item]))
            case.write()


def of_devices(corpus):
    """Names and numbers of the hospital where devices have theirs."""
    for keyword in "StationName DeviceSerialNumber DeviceID GantryID DetectorID PlateID CassetteID GeneratorID ScheduledStationName PerformedStationName ScheduledStationAETitle PerformedStationAETitle".split():
        case = corpus.case("devices")
        setattr(case.d, keyword, case.word(keyword).upper()[:16])
        case.write()


def of_numbers(corpus):
    """Numbers of the patient where measures belong."""
    for keyword in ("Exposure ExposureTime XRayTubeCurrent KVP SliceLocation TableHeight WindowCenter WindowWidth DataCollectionDiameter"
                    " ReconstructionDiameter DistanceSourceToDetector GeneratorPower FocalSpots PatientWeight PatientSize"
                    " SeriesNumber AcquisitionNumber InstanceNumber CTDIvol SpiralPitchFactor TableSpeed GantryDetectorTilt"
                    " ExposureInmAs SpacingBetweenSlices ReconstructionTargetCenterPatient TemporalPositionIndex ImagesInAcquisition").split():
        for form in ("number", "birth date", "telephone", "record in the decimals"):
            case = corpus.case("numbers misused")
            place = f"{keyword}: {form}"
            digits = {"number": lambda: case.digits(place, 9), "telephone": lambda: case.digits(place, 10),
                      "record in the decimals": lambda: "1." + re.sub(r"\D", "", case.patient.mrn),
                      "birth date": lambda: case.patient.birth.strftime("%Y%m%d")}[form]()
            vr = pydicom.datadict.dictionary_VR(keyword)
            if vr[0] == "U":
                digits = digits.replace(".", "")
            case.needle(digits, place)
            if vr == "IS":
                digits = digits.replace(".", "")[:9]
            if vr in ("FD", "FL", "US", "UL"):
                number = int(digits) % 2 ** (16 if vr == "US" else 32) if vr[0] == "U" else float(digits)
                form_of_vr = {"US": "<H", "UL": "<I", "FD": "<d", "FL": "<f"}[vr]
                if vr != "US":
                    case.needle(struct.pack(form_of_vr, number).hex(), place)
                    case.needles[-1]["hex"] = True
                setattr(case.d, keyword, [number] * 3 if keyword.startswith("Reconstruction") else number)
            else:
                setattr(case.d, keyword, digits)
            case.without.add(keyword)
            case.write()
