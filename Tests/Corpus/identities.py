"""Invented people and words; nothing here names anyone who exists."""
import dataclasses
import datetime
import random

SYLLABLES = ("zor vek qual mib trux dap yol gren kif wuz blen hod fru jask pli nuv"
             " tarm sket ogg dwi lusk vamp chy rell").split()
FAMILIES = ["Fenwright", "Marrowby", "Oltvedt", "Quintrell", "Tarnwick", "Umberley", "Güldenhorn",
            "Lefèvrelle", "Núñezal", "Åkerlindt", "O'Harrowden", "van der Moorsel", "Šimkovač",
            "Łazowiecki", "Ødegårdsen", "Ferreirinha-Costela"]
GIVEN = ["Aldwin", "Bertilla", "Corisande", "Dunstane", "Eulalie", "Florimond", "Gwendra",
         "Hestrina", "Jörgenia", "Renée-Ottilie", "Zdeňka", "Ibrahimo"]
CITIES = ["Nordhaven-Zell", "Port Callisande", "Wexmoor Deep", "Bad Ostrau", "Saint-Orval"]
STREETS = ["Marrow Lane", "Tarnwick Parade", "Rue des Ormelles", "Am Holzdamm", "Calle Albarrosa"]


class Words:
    """Pronounceable words, each made once, so that a word found tells where it was planted."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = set()

    def word(self):
        while True:
            word = "".join(self.random.choices(SYLLABLES, k=3))
            if len(self.made) > 5000:
                word = word[:-1] + self.random.choice("aeiouy") + word[-1]
            if word not in self.made:
                self.made.add(word)
                return word.capitalize()


@dataclasses.dataclass
class Patient:
    family: str
    given: str
    middle: str
    mrn: str
    birth: datetime.date
    sex: str
    accession: str
    address: str
    city: str
    telephone: str
    mail: str
    other_id: str
    insurance: str
    mother: str
    referring: str
    performing: str
    reading: str
    operator: str
    institution: str
    department: str
    uid_root: str
    station: str
    serial: str

    @property
    def name(self):
        return f"{self.family}^{self.given}^{self.middle}"

    def needles(self):
        """(kind, text) of what no output may hold."""
        whole = [("id", self.mrn), ("id", self.accession), ("id", self.other_id),
                 ("id", self.insurance), ("address", self.address), ("address", self.city),
                 ("telephone", self.telephone), ("mail", self.mail),
                 ("institution", self.institution), ("institution", self.department),
                 ("date", self.birth.strftime("%Y%m%d")), ("uid", self.uid_root),
                 ("device", self.station), ("device", self.serial)]
        people = [self.name, self.mother, self.referring, self.performing, self.reading,
                  self.operator]
        return whole + [("name", part) for person in people for part in person.split("^")
                        if len(part) > 3]


def patient(random_source, words, name=None, mrn=None):
    """A patient with staff and hospital; the words of each are used nowhere else."""
    r = random_source

    def person():
        return f"{words.word()}^{words.word()}"

    digits = lambda count: "".join(r.choice("123456789") for _ in range(count))
    family, given, middle = name or (
        f"{r.choice(FAMILIES)}{words.word().lower()}",
        f"{r.choice(GIVEN)}{words.word().lower()}", words.word())
    return Patient(
        family=family, given=given, middle=middle,
        mrn=mrn or r.choice(["MRN", "WX-", "", "P", "H/"]) + digits(8),
        birth=datetime.date(r.randint(1932, 1999), r.randint(1, 12), r.randint(1, 28)),
        sex=r.choice("MF"), accession=digits(10),
        address=f"{digits(3)} {r.choice(STREETS)} {words.word()}",
        city=f"{r.choice(CITIES)} {words.word()}",
        telephone=f"+49 {digits(4)} {digits(6)}", mail=f"{words.word().lower()}@{words.word().lower()}.org",
        other_id=f"NV-{digits(9)}", insurance=f"IN{digits(10)}",
        mother=person(), referring=person(), performing=person(), reading=person(),
        operator=person(), institution=f"Klinikum {words.word()}",
        department=f"{words.word()} Radiology", uid_root=f"1.2.826.0.1.3680043.{digits(4)}.{digits(9)}",
        station=f"{words.word()[:6].upper()}-CT{digits(2)}", serial=f"HS-{digits(6)}")
