"""Plantings inside values: dates of all forms, free text, residue, character sets, variants of names."""

import datetime
import unicodedata

TEXTS = "StudyDescription SeriesDescription ProtocolName ImageComments ContrastBolusAgent".split()
FREE = (
    "ImageComments PatientComments StudyComments AdditionalPatientHistory ReasonForStudy RequestedProcedureDescription"
    " RequestedProcedureComments AdmittingDiagnosesDescription AcquisitionComments DerivationDescription IdentifyingComments"
    " MedicalAlerts Allergies InterpretationText SpecialNeeds VisitComments ServiceEpisodeDescription Impressions"
    " PerformedProcedureStepDescription CommentsOnThePerformedProcedureStep ReasonForTheRequestedProcedure"
    " ImagingServiceRequestComments TextString PatientState AcquisitionDeviceProcessingDescription"
    " StudyDescription SeriesDescription ProtocolName RescaleType FilterType ConvolutionKernel"
    " ContrastBolusAgent ScanOptions"
).split()


def date_forms(day):
    return {
        "ISO": day.strftime("%Y-%m-%d"),
        "German": day.strftime("%d.%m.%Y"),
        "US": day.strftime("%m/%d/%Y"),
        "short": day.strftime("%d%m%y"),
        "compact": day.strftime("%Y%m%d"),
        "name": day.strftime("%d %B %Y"),
        "abbreviated": day.strftime("%d-%b-%Y"),
        "ordinal": f"{day.day}th of {day.strftime('%B %Y')}",
        "day of year": day.strftime("%Y-%j"),
        "two digits": day.strftime("%d/%m/%y"),
        "dots": day.strftime("%Y.%m.%d"),
        "month": day.strftime("%B %Y"),
        "US words": day.strftime("%b %d, %Y"),
    }


def of_dates(corpus):
    r = corpus.random
    for form in date_forms(datetime.date(2000, 1, 1)):
        for keyword in (
            "StudyDescription",
            "SeriesDescription",
            "ProtocolName",
            "ImageComments",
            "ConvolutionKernel",
            "ScanOptions",
        ):
            day = datetime.date(r.randint(1941, 1989), r.randint(1, 12), r.randint(13, 28))
            case = corpus.case("dates in text")
            text = date_forms(day)[form]
            case.needle(text, f"{keyword}: {form}")
            setattr(
                case.d,
                keyword,
                text if keyword in ("ConvolutionKernel", "ScanOptions") else f"CT HEAD {text}",
            )
            if keyword in ("StudyDescription", "SeriesDescription", "ProtocolName"):
                case.expect(keyword, "words", ["CT HEAD"])
            case.write()
    for keyword, text in [
        ("ContentDate", "2009.03.17"),
        ("ContentDate", "2009-03-17"),
        ("AcquisitionDate", "20090317-20090319"),
        ("AcquisitionDate", "17032009"),
        ("StudyTime", "20090317"),
        ("AcquisitionTime", "17.03.2009"),
        ("AcquisitionDateTime", "20090317101112.123456-0500"),
        ("AcquisitionDateTime", "200903171011"),
        ("AcquisitionDateTime", "200903"),
        ("ContentDate", "20090317 Vexlor"),
        ("StudyTime", "101112 Vexlor"),
        ("SeriesDate", "20091317"),
        ("SeriesDate", '"20090317"'),
        ("PatientAge", "19410317"),
        ("PatientBirthTime", "101112"),
        ("TimezoneOffsetFromUTC", "20090317"),
        ("ContentTime", "10:11:12"),
    ]:
        case = corpus.case("odd dates")
        for planted in {text, "20090317", "17032009", "Vexlor", "200903171011"}:
            if planted in text:
                case.needle(planted, f"{keyword}={text}")
        if keyword not in case.d:
            setattr(case.d, keyword, "000000")
        case.d[keyword]._value = text
        case.write()


def of_free_text(corpus):
    for keyword in FREE:
        case = corpus.case("free text")
        p, d = case.patient, case.d
        place = keyword
        seen = case.word(place)
        short = keyword in (
            "RescaleType",
            "FilterType",
            "ConvolutionKernel",
            "ScanOptions",
            "ReasonForStudy",
        )
        text = (
            f"HEAD {seen}"
            if short
            else f"CT head for Mr {p.family} ({p.mrn}), seen by Dr. {seen} on 12.03.2017, call {p.telephone} or {p.mail}; {p.institution}"
        )
        case.needle("12.03.2017", place)
        setattr(
            d,
            keyword,
            (
                text.upper()[:16]
                if keyword == "ScanOptions"
                else (
                    text[:64]
                    if keyword.endswith("Description") or keyword == "ProtocolName"
                    else text
                )
            ),
        )
        if keyword in ("StudyDescription", "SeriesDescription", "ProtocolName"):
            case.expect(keyword, "words", ["CT head"])
        case.without.add(keyword)
        case.write()


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def of_names(corpus):
    """The patient's name as people really write it, in descriptors that stay."""
    for keyword in ("StudyDescription", "SeriesDescription", "ProtocolName"):
        for form in (
            "upper",
            "lower",
            "folded",
            "reversed",
            "initials",
            "order",
            "run together",
            "umlaut spelled out",
            "dotted",
            "truncated",
            "camel",
            "hyphenated",
            "digits",
            "spaced",
            "possessive",
            "split",
            "underscored",
            "mixed into word",
        ):
            case = corpus.case("names in other forms")
            a, b = case.word(f"{keyword}: {form}"), case.word(f"{keyword}: {form}")
            family, given = a[:3] + "ö" + a[3:], b
            case.d.PatientName = f"{family}^{given}"
            case.needle(folded(family), f"{keyword}: {form}")
            text = {
                "upper": family.upper(),
                "lower": family.lower(),
                "folded": folded(family),
                "reversed": family[::-1],
                "initials": f"{family[0]}.{given[0]}.",
                "order": f"{given} {family}",
                "run together": (given + family).lower(),
                "umlaut spelled out": family.replace("ö", "oe"),
                "dotted": ".".join(family),
                "truncated": family[:6],
                "camel": given + "Head" + family,
                "hyphenated": "-".join([family[:4], family[4:]]),
                "digits": family.replace("o", "0").replace("e", "3"),
                "spaced": " ".join(family),
                "possessive": f"{family}'s",
                "split": f"{family[:4]} {family[4:]}",
                "underscored": f"HEAD_{family}_5MM",
                "mixed into word": f"CT{family}HEAD",
            }[form]
            if form not in ("initials",):
                case.needle(text, f"{keyword}: {form}")
            else:
                case.needle(f"HEAD {text}", f"{keyword}: {form}")
            setattr(case.d, keyword, f"CT HEAD {text} 5MM")
            case.expect(keyword, "words", ["CT HEAD"])
            case.write()


def of_scattered_numbers(corpus):
    """A record number or day of birth in pieces, each of which may stay by itself."""
    forms = {
        "lengths": lambda n: f"{n[:3]}mm {n[3:6]}mm {n[6:]}mm",
        "volumes": lambda n: f"{n[:3]}cc {n[3:6]}ml {n[6:]}cm",
        "settings": lambda n: f"{n[:3]} kV {n[3:6]} mA {n[6:]} mm",
        "kernels": lambda n: " ".join(f"H{n[i : i + 2]}s" for i in range(0, 8, 2)),
        "numbered words": lambda n: f"window{n[:2]} level{n[2:4]} head{n[4:6]} brain{n[6:]}",
        "threes": lambda n: f"{n[:3]} {n[3:6]} {n[6:]}",
        "pairs": lambda n: "-".join(n[i : i + 2] for i in range(0, 8, 2)),
        "digits": " ".join,
        "points": lambda n: ".".join(n[i : i + 2] for i in range(0, 8, 2)),
        "list": lambda n: [n[i : i + 2] for i in range(0, 8, 2)],
    }
    for keyword in (
        "StudyDescription SeriesDescription ProtocolName ImageComments ConvolutionKernel FilterType"
        " SoftwareVersions ManufacturerModelName ContrastBolusAgent"
    ).split():
        for form, pieces in forms.items():
            case = corpus.case("numbers in pieces")
            number = case.digits(f"{keyword}: {form}")
            text = pieces(number)
            if isinstance(text, list) and keyword not in ("ConvolutionKernel", "SoftwareVersions"):
                continue
            case.d.PatientID = number
            case.needle("\\".join(text) if isinstance(text, list) else text, f"{keyword}: {form}")
            setattr(case.d, keyword, text)
            case.without.add(keyword)
            case.write()
    for keyword in "TableHeight FocalSpots GantryDetectorTilt ReconstructionDiameter".split():
        for form in ("record number", "day of birth"):
            case = corpus.case("numbers in pieces")
            number = case.digits(f"{keyword}: {form}")
            case.d.PatientID = number
            if form == "day of birth":
                number = case.patient.birth.strftime("%Y%m%d")
                case.d.PatientBirthDate = number
            at = {"TableHeight": 4, "ReconstructionDiameter": 4, "GantryDetectorTilt": 2}
            at = at.get(keyword, 1)
            text = f"{number[:at]}.{number[at:]}"
            case.needle(text, f"{keyword}: {form} across the point")
            setattr(case.d, keyword, text)
            case.without.add(keyword)
            case.write()
    for text in ("94 y.o. male", "94yo", "94/M", "AGE 94", "94 Jahre", "bed 3", "KW 12", "2:33 PM"):
        for keyword in (
            "FilterType ConvolutionKernel ManufacturerModelName SoftwareVersions ImageComments"
        ).split():
            case = corpus.case("numbers in pieces")
            setattr(case.d, keyword, text)
            digits = "".join(c if c.isdigit() else " " for c in text).split()
            case.keep.append(
                {
                    "keyword": keyword,
                    "kind": "not",
                    "values": [text, " ".join(digits)],
                    "category": case.category,
                }
            )
            case.without.add(keyword)
            case.write()


def of_residue(corpus):
    """Text after NUL or a backslash, in values that stay."""
    for keyword in (
        "StudyDescription SeriesDescription ProtocolName Manufacturer ManufacturerModelName ConvolutionKernel FilterType"
        " SoftwareVersions BodyPartExamined PatientPosition KVP SliceThickness Exposure StudyDate StudyTime PatientAge PatientSex"
        " PixelSpacing ImageOrientationPatient ImageType SOPInstanceUID StudyInstanceUID FrameOfReferenceUID WindowCenter"
        " RescaleType ScanOptions RotationDirection StationName DeviceSerialNumber Modality"
    ).split():
        for form, separator in (
            ("NUL", "\0"),
            ("backslash", "\\"),
            ("space NUL", "  \0\0"),
            ("CR LF", "\r\n"),
            ("tabs", " " * 4 + "\t"),
        ):
            case = corpus.case("residue after " + form)
            if keyword not in case.d:
                setattr(case.d, keyword, "AXIAL MODE")
            word = case.word(keyword).upper()
            kept = (
                str(case.d.get(keyword))
                if not hasattr(case.d.get(keyword), "append")
                else "\\".join(str(v) for v in case.d.get(keyword))
            )
            case.without.add(keyword)
            if form in ("NUL", "space NUL") and keyword in (
                "StudyDescription",
                "Manufacturer",
                "ConvolutionKernel",
                "KVP",
                "BodyPartExamined",
            ):
                case.expect(keyword, "first", kept.split("\\"))
            # The value goes in as bytes, so that no library mends it.
            data = case.bytes()
            tag = case.d[keyword].tag
            case.write(
                outcome=(
                    "either"
                    if keyword
                    in (
                        "SOPInstanceUID",
                        "StudyInstanceUID",
                        "FrameOfReferenceUID",
                        "ImageType",
                        "Modality",
                        "PixelSpacing",
                        "ImageOrientationPatient",
                        "PatientPosition",
                        "SliceThickness",
                    )
                    else "released"
                ),
                raw=with_value(
                    data, tag, kept.encode("utf-8") + separator.encode() + word.encode()
                ),
            )


def with_value(data, tag, value):
    """The file with the value of a top-level element of short length replaced."""
    key = tag.group.to_bytes(2, "little") + tag.elem.to_bytes(2, "little")
    at = data.index(key, 132 + 12 + 100)
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    value += b" " * (len(value) % 2)
    return data[: at + 6] + len(value).to_bytes(2, "little") + value + data[at + 8 + length :]


def of_character_sets(corpus):
    names = [
        ("ISO_IR 100", "Hölderlinz^Jürgenez", "latin-1"),
        ("ISO_IR 192", "Жуковецкий^Владленок", "utf-8"),
        ("GB18030", "王小东海^李", "gb18030"),
        ("GBK", "欧阳震华^明", "gbk"),
        ("ISO_IR 144", "Люксембурк^Ростислав", "iso8859_5"),
        ("ISO_IR 13", "ﾔﾏﾀﾞﾛ^ﾀﾛｳﾋｺ", "shift_jis"),
        (
            ["", "ISO 2022 IR 87"],
            "Yamadarou^Tarouhiko=山田朗^太郎彦=やまだろう^たろうひこ",
            "iso2022_jp",
        ),
        (["", "ISO 2022 IR 149"], "Hongir^Gildongu=洪吉^吉洞=홍길동이^길동이", "euc_kr"),
        ("ISO_IR 101", "Šimkovačka^Zdeňkanna", "iso8859_2"),
        ("ISO_IR 126", "Διονυσιοσκ^Αριστοτ", "iso8859_7"),
        ("ISO_IR 166", "สมชายดี^วงศ์ไทย", "tis_620"),
        ("ISO_IR 138", "שרוןבלם^דבורהקס", "iso8859_8"),
    ]
    wrong = [
        ("ISO_IR 100", "Größmeisterin^Çelebioğl", "utf-8"),
        (None, "Größmeisterow^Hännelore", "latin-1"),
        ("ISO_IR 192", "Größmeisterez^Hännelorx", "latin-1"),
        ("ISO_IR 999", "Größmeisterum^Hännelory", "latin-1"),
        ("ISO_IR 6", "Größmeisterik^Hännelorz", "cp1252"),
    ]
    for declared, name, codec in names + wrong:
        for keyword in ("StudyDescription", "ImageComments"):
            case = corpus.case("character sets")
            d = case.d
            for element in list(d):
                if (
                    element.VR in ("PN", "LO", "SH", "ST", "LT")
                    and not str(element.value).isascii()
                ):
                    del d[element.tag]
                    case.without.add(element.keyword)
            d.PatientName = "PLACEHOLDER"
            setattr(d, keyword, "CT HEAD PLACEHOLDER")
            d.SpecificCharacterSet = "ISO_IR 6" if declared is None else "ISO_IR 100"
            data = case.bytes()
            escape = lambda text: b"".join(
                (
                    b"\x1b$)C" + part.encode("euc_kr")
                    if codec == "euc_kr" and not part.isascii()
                    else part.encode(codec)
                )
                for part in _split(text)
            )
            data = with_value(data, d["PatientName"].tag, escape(name))
            data = with_value(
                data, d[keyword].tag, b"CT HEAD " + escape(name.split("=")[-1].split("^")[0])
            )
            sets = (
                ""
                if declared is None
                else declared if isinstance(declared, str) else "\\".join(declared)
            )
            data = with_value(data, d["SpecificCharacterSet"].tag, sets.encode())
            for part in name.replace("=", "^").split("^"):
                if len(part) > 2:
                    case.needle(part, f"{keyword}: {sets or 'none'} {codec}")
            if keyword == "StudyDescription":
                case.expect(keyword, "words", ["CT HEAD"])
            case.write(raw=data)


def _split(text):
    out, now = [], ""
    for c in text:
        if c in "^=":
            out += [now, c]
            now = ""
        else:
            now += c
    return [part for part in out + [now] if part]


def of_ages(corpus):
    for text, expected in [
        ("089Y", "089Y"),
        ("090Y", "090Y"),
        ("091Y", "090Y"),
        ("104Y", "090Y"),
        ("045Y", "045Y"),
        ("1092M", "090Y"),
        ("006M", "006M"),
        ("012D", "012D"),
        ("003W", "003W"),
        ("999M", "999M"),
        ("5000W", "090Y"),
        ("95Y", "090Y"),
        ("095", None),
        ("95 years", None),
        ("095y", None),
    ]:
        case = corpus.case("ages")
        case.d["PatientAge"]._value = text
        if expected:
            case.expect("PatientAge", value=expected)
        if text != expected:
            case.keep.append(
                {"keyword": "PatientAge", "kind": "not", "values": [text], "category": "ages"}
            )
        case.write()
    for birth in ("19100101", "1899"):
        case = corpus.case("ages")
        case.d["PatientBirthDate"]._value = birth
        case.needle(birth, "PatientBirthDate") if len(birth) > 4 else None
        del case.d.PatientAge
        case.write()
