"""Private groups, sequences that carry copies, other objects in the folder, file names, identifiers."""
import datetime
import io
import struct

import heads
import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

# Safe private attributes that CT scanners really write: creator, group, element, VR, values.
SAFE = [("GEMS_ACQU_01", 0x0019, 0x23, "DS", "7.5"), ("GEMS_ACQU_01", 0x0019, 0x24, "DS", "31.2"), ("GEMS_ACQU_01", 0x0019, 0x27, "DS", "0.984"),
        ("GEMS_ACQU_01", 0x0019, 0x9E, "LO", "FSE"), ("GEMS_PARM_01", 0x0043, 0x27, "SH", "/1.5:1"), ("GEMS_PARM_01", 0x0043, 0x6F, "DS", ["1", "0", "2"]),
        ("ELSCINT1", 0x01E1, 0x26, "CS", "HEAD"), ("ELSCINT1", 0x01F1, 0x01, "CS", "HELIX"), ("ELSCINT1", 0x01F1, 0x26, "DS", "0.75"),
        ("ELSCINT1", 0x00E1, 0x21, "DS", "912.4"), ("ELSCINT1", 0x00E1, 0x50, "DS", "12.5"),
        ("SIEMENS CT VA0  COAD", 0x0019, 0x92, "DS", "32.5"), ("SIEMENS CSA HEADER", 0x0029, 0x10, "OB", b"SV10 nothing")]


def block(d, group, creator, at=0x10):
    d.add_new(group << 16 | at, "LO", creator)
    return group << 16 | at << 8


def of_private(corpus, safe_rows):
    """``safe_rows``: creator, group, element of the safe list; those of :data:`SAFE` in it must stay."""
    case = corpus.case("retain safe private")
    for at, (creator, group, number, vr, value) in enumerate(SAFE):
        base = block(case.d, group, creator, 0x10 + at)
        case.d.add_new(base | number, vr, value)
        if (creator, group, number) in safe_rows and vr != "OB":
            values = value if isinstance(value, list) else [value]
            case.keep.append({"private": [creator, group, number], "kind": "private", "values": values, "category": "retain safe private", "keyword": f"{creator} {group:04x},{number:02x}"})
    case.write()
    unsafe = [("GEMS_PATI_01", 0x0011, 0x10, "SS"), ("SIEMENS MED NM", 0x0009, 0x10, "LO"), ("ACME CT", 0x0019, 0x01, "LT"), ("SIEMENS CSA HEADER", 0x0029, 0x10, "OB"),
              ("SPI-P Release 1", 0x0019, 0x30, "UT"), ("GEMS_IDEN_01", 0x0009, 0x02, "SH"), ("SIEMENS MEDCOM HEADER", 0x0029, 0x40, "SQ"), ("HMC - CT - ID", 0x0009, 0x00, "LO"),
              ("ACME CT", 0x0071, 0x20, "DT"), ("ACME CT", 0x7FE1, 0x10, "UN"), ("GEMS_ACQU_01", 0x0019, 0x02, "SL"), ("ACME CT", 0x0009, 0x20, "UI")]
    for creator, group, number, vr in unsafe:
        case = corpus.case("unsafe private")
        base = block(case.d, group, creator)
        value = case.digits(f"{creator} {vr}", 9) if vr in ("SS", "SL", "UI") else case.word(f"{creator} {vr}")
        if vr == "SQ":
            item = Dataset()
            item.PatientName = value
            value = Sequence([item])
        elif vr in ("OB", "UN"):
            value = value.encode() + b" " * (len(value) % 2)
        elif vr == "SS":
            value = int(value) % 30000
        elif vr == "SL":
            value = int(value)
            case.needles[-1].update(text=struct.pack("<i", value).hex(), hex=True)
        elif vr == "DT":
            value = "19770605101112"
            case.needle(value, "DT")
        elif vr == "UI":
            value = "1.2.3." + value
        case.d.add_new(base | number, vr, value)
        case.write()
    for form in ("two blocks of one creator", "creator of another block", "no creator", "creator is a name", "creator padded", "creator in lower case", "element over the block", "safe tag of another creator", "creator after its elements", "creator with two values", "creator nested elsewhere"):
        case = corpus.case("private block collision")
        d, word = case.d, case.word(form)
        creator, group, number = "GEMS_ACQU_01", 0x0019, 0x23
        if form == "two blocks of one creator":
            block(d, group, creator, 0x10)
            base = block(d, group, creator, 0x11)
        elif form == "creator of another block":
            block(d, group, creator, 0x10)
            base = block(d, group, "ACME CT", 0x11)
        elif form == "no creator":
            base = group << 16 | 0x1200
        elif form == "creator is a name":
            base = block(d, group, word)
            d.add_new(base | number, "DS", "1")
            case.write()
            continue
        elif form == "creator padded":
            base = block(d, group, creator + "\0 " + word)
        elif form == "creator in lower case":
            base = block(d, group, creator.lower())
        elif form == "element over the block":
            block(d, group, creator)
            base = group << 16 | 0x0100
        elif form == "safe tag of another creator":
            base = block(d, group, "ELSCINT1")
        elif form == "creator with two values":
            base = block(d, group, [creator, word])
        elif form == "creator nested elsewhere":
            item = Dataset()
            base = block(item, group, creator)
            item.add_new(base | number, "LO", word)
            d.ReferencedImageSequence[0].PurposeOfReferenceCodeSequence = Sequence([item])
            case.write()
            continue
        else:
            base = group << 16 | 0x1000
            d.add_new(group << 16 | 0x20, "LO", creator)
        d.add_new(base | number, "LO", word)
        case.write()
    for creator, group, number in sorted(safe_rows):
        for form in ("name", "number", "date"):
            case = corpus.case("abused safe tag")
            place = f"{creator} ({group:04x},xx{number:02x}): {form}"
            base = block(case.d, group, creator)
            text = case.word(place) if form == "name" else case.digits(place, 9) if form == "number" else case.patient.birth.strftime("%Y%m%d")
            case.needle(text, place)
            case.d.add_new(base | number, "LO" if form == "name" else "DS", text)
            case.write()


def of_copies(corpus):
    """Sequences in which systems keep copies of what they changed, signed, encrypted or referred to."""
    for keyword in ("OriginalAttributesSequence ContributingEquipmentSequence EncryptedAttributesSequence DigitalSignaturesSequence MACParametersSequence"
                    " ReferencedPatientSequence ReferencedStudySequence ReferencedPerformedProcedureStepSequence ReferencedImageSequence SourceImageSequence"
                    " RequestAttributesSequence ReferencedVisitSequence PatientAlternativeNameSequence OtherPatientIDsSequence IssuerOfPatientIDQualifiersSequence"
                    " PersonIdentificationCodeSequence PhysiciansOfRecordIdentificationSequence OperatorIdentificationSequence InstitutionCodeSequence ProcedureCodeSequence"
                    " AnatomicRegionSequence DeidentificationMethodCodeSequence ConceptNameCodeSequence AcquisitionContextSequence ReferencedInstanceSequence"
                    " StudiesContainingOtherReferencedInstancesSequence RelatedSeriesSequence PatientBreedCodeSequence ReasonForRequestedProcedureCodeSequence"
                    " PerformedProtocolCodeSequence CTAdditionalXRaySourceSequence ScheduledProtocolCodeSequence RequestedContrastAgentSequence"
                    " ContrastBolusAgentSequence DerivationCodeSequence EnergyWeightingFactor ProtocolContextSequence ContentSequence SourceOfPreviousValues").split():
        if not keyword.endswith("Sequence"):
            continue
        case = corpus.case("sequences of copies")
        word = lambda: case.word(keyword)
        inner = Dataset()
        inner.PatientName, inner.InstitutionName, inner.StationName = f"{word()}^{word()}", word(), word()
        inner.StudyDate, inner.ImageComments, inner.Manufacturer = "19610203", word(), word()
        case.needle("19610203", keyword)
        inner.ReferencedSOPInstanceUID = "1.2.3." + case.digits(keyword, 9)
        inner.CodeValue, inner.CodingSchemeDesignator, inner.CodeMeaning = word(), "99" + word().upper(), word()
        inner.SourceOfPreviousValues, inner.ContributionDescription = word(), word()
        inner.EncryptedContent, inner.Signature = word().encode().ljust(10), word().encode().ljust(10)
        inner.CertificateOfSigner, inner.DigitalSignatureDateTime = word().encode().ljust(10), "19610203101112+0100"
        inner.TextValue, inner.PersonName, inner.UID = word(), word(), "1.2.3." + case.digits(keyword, 9)
        inner.NumericValue = case.digits(keyword, 9)
        deeper = Dataset()
        deeper.update(inner)
        deeper.PatientID = word()
        inner.ModifiedAttributesSequence = Sequence([deeper])
        inner.PurposeOfReferenceCodeSequence = Sequence([deeper])
        inner.ProtocolContextSequence = Sequence([deeper])
        setattr(case.d, keyword, Sequence([inner]))
        case.write()


def of_identifiers(corpus):
    for form in ("UID with birth date", "UID with number", "UID in text", "not a UID", "standard root with a name", "long UID", "UID in UN", "two values", "trailing text", "frame of reference", "standard UID kept"):
        case = corpus.case("identifiers")
        d, p = case.d, case.patient
        number = case.digits(form, 9)
        old = "1.2.840.113619.2." + (p.birth.strftime("%Y%m%d") if "birth" in form else number)
        case.needle(old, form)
        if form == "UID in text":
            d.ImageComments = d.DerivationDescription = old
            d.ConvolutionKernel = old[:16]
            case.without.add("ConvolutionKernel")
        elif form == "not a UID":
            word = case.word(form)
            d["FrameOfReferenceUID"]._value = word
        elif form == "standard root with a name":
            d.ReferencedImageSequence[0].ReferencedSOPClassUID = "1.2.840.10008." + number
            d.FrameOfReferenceUID = "1.2.840.10008.1.4.1.99." + number
        elif form == "long UID":
            d["FrameOfReferenceUID"]._value = old + "." + "1234567890." * 6 + "1"
        elif form == "UID in UN":
            d.add_new(0x00091010, "UN", old.encode() + b"\0" * (len(old) % 2))
        elif form == "two values":
            d["FrameOfReferenceUID"]._value = [old, old + ".2"]
        elif form == "trailing text":
            d["FrameOfReferenceUID"]._value = old + " " + case.word(form)
        elif form == "standard UID kept":
            d.FrameOfReferenceUID = "1.2.840.10008.1.4.1.1"
            case.expect("FrameOfReferenceUID")
        else:
            d.FrameOfReferenceUID = d.IrradiationEventUID = d.DeviceUID = d.SynchronizationFrameOfReferenceUID = d.TransactionUID = old
        case.write()


def of_names_of_files(corpus):
    for form in ("{family}_{given}.dcm", "{mrn}/{birth}/IM0001", "{family}, {given} ({mrn}).DCM", "äöü {family}/x", "{b64}", "a/b/c/{family}/IMG", ".{family}.dcm", "{accession}"):
        import base64
        case = corpus.case("file names")
        p = case.patient
        word = case.word(form)
        case.needle(base64.b64encode(word.encode()).decode().rstrip("="), form)
        case.write(outcome="either" if form[0] == "." else "released", path="names/" + form.format(family=word, given=p.given, mrn=p.mrn.replace("/", "-"), birth=p.birth.strftime("%Y%m%d"), accession=p.accession,
                                                b64=base64.b64encode(word.encode()).decode()))


def of_refused(corpus):
    classes = {"secondary capture": "1.2.840.10008.5.1.4.1.1.7", "structured report": "1.2.840.10008.5.1.4.1.1.88.11", "encapsulated PDF": "1.2.840.10008.5.1.4.1.1.104.1",
               "RT structure set": "1.2.840.10008.5.1.4.1.1.481.3", "presentation state": "1.2.840.10008.5.1.4.1.1.11.1", "key object": "1.2.840.10008.5.1.4.1.1.88.59",
               "dose report": "1.2.840.10008.5.1.4.1.1.88.67", "DICOMDIR": "1.2.840.10008.1.3.10", "MR": "1.2.840.10008.5.1.4.1.1.4", "raw data": "1.2.840.10008.5.1.4.1.1.66"}
    for name, sop_class in classes.items():
        case = corpus.case("refused objects")
        case.word(name)
        case.d.SOPClassUID = case.d.file_meta.MediaStorageSOPClassUID = sop_class
        case.d.Modality = {"MR": "MR", "secondary capture": "OT"}.get(name, "CT")
        case.write(outcome="refused", path="DICOMDIR" if name == "DICOMDIR" else None)
    for name, image_type in [("localizer", ["ORIGINAL", "PRIMARY", "LOCALIZER"]), ("dose sheet", ["DERIVED", "SECONDARY", "OTHER"]), ("screen save", ["DERIVED", "SECONDARY", "SCREEN SAVE"]),
                             ("volume rendering", ["DERIVED", "SECONDARY", "VOLREN"])]:
        case = corpus.case("refused objects")
        case.d.ImageType = image_type
        case.d.ImageComments = case.word(name)
        case.write(outcome="either" if name == "localizer" else "refused")
    for name, content in [("text", b"Patient: %s\n"), ("empty", b""), ("PDF", b"%%PDF-1.4 (%s)"), ("half a file", None)]:
        case = corpus.case("refused objects")
        word = case.word(name)
        if content is None:
            case.write(outcome="refused", change=lambda data: data[:len(data) // 2])
        else:
            case.write(outcome="refused", raw=content % word.encode() if b"%s" in content else content, path=f"notes/{word}.txt")


def of_enhanced(corpus):
    """An Enhanced CT of three frames with names in its functional groups."""
    case = corpus.case("enhanced CT")
    d = case.d
    d.SOPClassUID = d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2.1"
    frames = 3
    d.NumberOfFrames = frames
    d.PixelData = heads.picture(case.number).tobytes() * frames
    per_frame = []
    for frame in range(frames):
        f = Dataset()
        content = Dataset()
        content.FrameAcquisitionDateTime = "20190314092653.12+0100"
        content.FrameComments = case.word("FrameComments")
        content.DimensionIndexValues = [1, frame + 1]
        content.StackID = "1"
        f.FrameContentSequence = Sequence([content])
        f.PlanePositionSequence = heads.sequence_of(ImagePositionPatient=["-115", "-115", str(5 * frame)])
        f.PlaneOrientationSequence = heads.sequence_of(ImageOrientationPatient=["1", "0", "0", "0", "1", "0"])
        f.PixelValueTransformationSequence = heads.sequence_of(RescaleIntercept="-1024", RescaleSlope="1", RescaleType="HU")
        f.FrameAnatomySequence = heads.sequence_of(FrameLaterality="U")
        per_frame.append(f)
    shared = Dataset()
    shared.PixelMeasuresSequence = heads.sequence_of(PixelSpacing=["0.449219", "0.449219"], SliceThickness="5")
    shared.CTImageFrameTypeSequence = heads.sequence_of(FrameType=["ORIGINAL", "PRIMARY", "VOLUME", "NONE"])
    shared.CTReconstructionSequence = heads.sequence_of(ConvolutionKernel="H31s", ReconstructionAlgorithm=case.word("ReconstructionAlgorithm").upper()[:16])
    d.SharedFunctionalGroupsSequence, d.PerFrameFunctionalGroupsSequence = Sequence([shared]), Sequence(per_frame)
    d.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    for keyword in "PixelSpacing ImagePositionPatient ImageOrientationPatient RescaleIntercept RescaleSlope SliceThickness".split():
        delattr(d, keyword)
    case.write(outcome="either", pixels=False)
