"""A corpus under construction: files with planted words, and the answers to score them by."""
import io
import json
import pathlib
import random

import heads
import identities

# What every released image must still hold, unless its case says otherwise.
GEOMETRY = ("Rows Columns PixelSpacing ImagePositionPatient ImageOrientationPatient SliceThickness"
            " RescaleSlope RescaleIntercept PixelRepresentation Modality SOPClassUID").split()
# What training, comparison and conformity use besides.
USEFUL = ("ImageType Manufacturer ManufacturerModelName ConvolutionKernel KVP Exposure ExposureTime"
          " XRayTubeCurrent GantryDetectorTilt PatientPosition PatientSex PatientAge BodyPartExamined"
          " DataCollectionDiameter ReconstructionDiameter TableHeight RotationDirection FilterType"
          " WindowCenter WindowWidth RescaleType SliceLocation SeriesNumber InstanceNumber"
          " AcquisitionNumber SoftwareVersions StudyDescription SeriesDescription ProtocolName"
          " StudyTime SeriesTime AcquisitionTime ContentTime PatientSize PatientWeight"
          " SingleCollimationWidth TotalCollimationWidth SpiralPitchFactor CTDIvol FocalSpots"
          " PhotometricInterpretation EthnicGroup"
          " ExposureModulationType WindowCenterWidthExplanation PositionReferenceIndicator").split()
# Named by a stand-in at least: who the device is, not what the hospital calls it.
DEVICE = "DeviceSerialNumber StationName".split()
DATES = "StudyDate SeriesDate AcquisitionDate ContentDate".split()


class Corpus:
    def __init__(self, folder, seed):
        self.folder = pathlib.Path(folder) / "input"
        self.random = random.Random(seed)
        self.words = identities.Words(seed)
        self.cases = []
        self.seed = seed

    def patient(self, **details):
        return identities.patient(self.random, self.words, **details)

    def case(self, category, patient=None, **details):
        """Starts a case: its patient's words are needles already."""
        return Case(self, category, len(self.cases), patient or self.patient(), details)

    def write_answers(self, path):
        answers = {"seed": self.seed, "cases": self.cases}
        pathlib.Path(path).write_text(json.dumps(answers, ensure_ascii=False, indent=1))


class Case:
    """One file: change ``d``, plant, and :meth:`write`."""

    def __init__(self, corpus, category, number, patient, details):
        self.corpus, self.category, self.number, self.patient = corpus, category, number, patient
        details.setdefault("style", number)
        self.d = heads.head(number, patient, **details)
        self.needles = [{"text": text, "category": "direct identifiers", "place": kind}
                        for kind, text in patient.needles()]
        self.keep = []
        self.without = set()

    def word(self, place, category=None):
        """A new word, planted at a place."""
        word = self.corpus.words.word()
        self.needle(word, place, category)
        return word

    def digits(self, place, count=8, category=None):
        text = "".join(self.corpus.random.choice("3456789") for _ in range(count))
        self.needle(text, place, category)
        return text

    def needle(self, text, place, category=None):
        self.needles.append({"text": text, "category": category or self.category, "place": place})

    def expect(self, keyword, kind="equal", value=None, category=None):
        """The value of a keyword that must come through; by default the one it has now."""
        if value is None:
            value = self.d.get(keyword)
        values = [str(v) for v in (value if isinstance(value, (list, tuple)) or hasattr(value, "append") else [value])]
        self.keep.append({"keyword": keyword, "kind": kind, "values": values,
                          "category": category or self.category})

    def write(self, path=None, outcome="released", raw=None, change=None, useful=False, pixels=True):
        """Writes the file: the data set, or ``raw`` bytes, after ``change`` on the bytes."""
        data = raw if raw is not None else self.bytes()
        if change:
            data = change(data)
        path = path or f"{self.category.replace(' ', '-').replace('/', '-')}/{self.number:05}"
        target = self.corpus.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if outcome == "released":
            for keyword in GEOMETRY + (USEFUL if useful else []):
                if keyword not in self.without and self.d.get(keyword) not in (None, ""):
                    self.expect(keyword, category="survival" if useful else None)
            for keyword in DEVICE if useful else []:
                self.expect(keyword, "present", category="device identity")
            for keyword in DATES if useful else []:
                if keyword not in self.without:
                    self.expect(keyword, "shifted", category="one shift per patient")
        self.corpus.cases.append({
            "number": self.number, "category": self.category, "path": str(path), "outcome": outcome,
            "patient": self.patient.mrn + "|" + self.patient.institution, "needles": self.needles, "keep": self.keep,
            "pixels": pixels and outcome == "released",
            "uids": {k: str(self.d.get(k)) for k in ("StudyInstanceUID", "SeriesInstanceUID",
                     "SOPInstanceUID", "FrameOfReferenceUID") if self.d.get(k)},
        })

    def bytes(self):
        buffer = io.BytesIO()
        self.d.save_as(buffer, enforce_file_format=True)
        return buffer.getvalue()
