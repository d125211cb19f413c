import Tensors

/// An invented hospital and its staff.
struct FictitiousSite: Sendable {
    let siteID: String
    let style: IdentityStyle
    let stock: NameStock
    /// What its patient numbers begin with.
    let prefix: String
    let institution: String
    let address: String
    let station: String
    let deviceSerial: String
    let physicians: [String]
    let operators: [String]

    /// Draws the hospital of a seed.
    init(siteID: String, style: IdentityStyle, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "site", siteID)
        let stock = NameStock(style)
        let town = generator.pick(stock.towns)
        self.siteID = siteID
        self.style = style
        self.stock = stock
        self.prefix = FictitiousPatient.plain(siteID).prefix(3) + "-"
        self.institution = FictitiousPatient.mark + " " + town + " " + siteID
        self.address = generator.pick(stock.streets) + " 1, " + town
        self.station = "CT" + generator.drawDigits(2) + FictitiousPatient.plain(siteID).prefix(6)
        self.deviceSerial = "SYN" + generator.drawDigits(7)
        func staff(_ count: Int) -> [String] {
            (0..<count).map { index in
                let given = stock.given(isMale: index % 2 == 0, using: &generator)
                return FictitiousPatient.mark + "-" + stock.family(using: &generator) + "^" + given
            }
        }
        self.physicians = staff(6)
        self.operators = staff(4)
    }
}
