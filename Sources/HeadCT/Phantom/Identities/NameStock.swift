import Tensors

/// Parts of invented names for each style; no list of real people was used.
struct NameStock: Sendable {
    let familyStarts: [String]
    let familyEnds: [String]
    let givenFemale: [String]
    let givenMale: [String]
    let streets: [String]
    let towns: [String]

    /// The stock of a style.
    init(_ style: IdentityStyle) {
        switch style {
        case .western: self = .western
        case .central: self = .central
        case .unicode: self = .unicode
        case .japanese: self = .japanese
        }
    }

    /// A family name.
    func family(using generator: inout SeededGenerator) -> String {
        generator.pick(familyStarts) + generator.pick(familyEnds)
    }

    /// A given name.
    func given(isMale: Bool, using generator: inout SeededGenerator) -> String {
        generator.pick(isMale ? givenMale : givenFemale)
    }

    private init(
        _ familyStarts: [String],
        _ familyEnds: [String],
        female: [String],
        male: [String],
        streets: [String],
        towns: [String]
    ) {
        self.familyStarts = familyStarts
        self.familyEnds = familyEnds
        self.givenFemale = female
        self.givenMale = male
        self.streets = streets
        self.towns = towns
    }

    private static let western = NameStock(
        ["Grünwip", "Ölbrand", "Quellmo", "Tännzap", "Façonel", "Brügglo", "Straßwol", "Münkfa"],
        ["enstett", "orfäl", "atzheim", "ückberg", "éladour", "ingrath", "ulander", "ößwang"],
        female: ["Hédwinia", "Rosamündis", "Adelgärd", "Clothéa", "Wilgundë", "Sigrüna"],
        male: ["Ottokarlus", "Leonçard", "Günthrabo", "Anselmör", "Théobrand", "Radulfün"],
        streets: ["Wiesenhöhlweg", "Rue du Pré Fictif", "Mühlgrundgasse", "Erfundene Allee"],
        towns: ["Nirgendsmünster", "Phantomsbrück", "Sainte-Invente", "Luftschloßen"]
    )

    private static let central = NameStock(
        ["Wyśnió", "Křemplo", "Żubrzno", "Ďurvelo", "Szőlnyá", "Łąkowir", "Břizgo", "Čáprota"],
        ["wiński", "ovecký", "yńczak", "árhelyi", "ůnovský", "elądko", "ičkar", "özvendi"],
        female: ["Bożysława", "Květuška", "Irenűke", "Zdziwosza", "Dobrůnka", "Ćwieka"],
        male: ["Wszemił", "Řehůrek", "Gyűrökán", "Mściwój", "Bořivit", "Świętopał"],
        streets: ["Ulica Zmyślona", "Vymyšlená ulice", "Képzelt utca", "Aleja Nieistniejąca"],
        towns: ["Nigdziegród", "Nikdeovice", "Seholsemvár", "Zmyślin Górny"]
    )

    private static let unicode = NameStock(
        ["Ashwimble", "Þórgrund", "Ńdubawé", "Okónjola", "Fiddlemar", "Öztürkova", "Quibble"],
        ["thwaite", "sdóttley", "brooké", "mçelar", "vanterø", "worthing", "shåwken"],
        female: ["Marigolda", "Ástrúna", "Ngożima", "Şirinella", "Wilhelmøya", "Eudoxine"],
        male: ["Barnabric", "Ğökhanber", "Olúfemdar", "Eiríkmund", "Thaddeusko", "Jørgwald"],
        streets: ["Marzipan Crescent", "Çınarsız Sokak", "Pretend Parade", "Kringlugöng"],
        towns: ["Nowhereton", "Mythical-on-Sea", "Hayâlköy", "Upper Fictioning"]
    )

    private static let japanese = NameStock(
        ["Usoda", "Yumeno", "Kakuza", "Maboro", "Sorana", "Kasumi"],
        ["wara", "shita", "mura", "gawa", "hashi", "zaki"],
        female: ["Yumemiko", "Kasunae", "Soranoka", "Minahoshi", "Kumorie"],
        male: ["Kuichiro", "Mugenta", "Souzouki", "Yukishirou", "Hatenosuke"],
        streets: ["Yumecho 9-9", "Kakumachi 0-12", "Soramachi 88"],
        towns: ["Kakushi", "Maboroshi-mura", "Nainai-cho"]
    )
}
