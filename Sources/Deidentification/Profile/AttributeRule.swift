/// What happens to an attribute that is not dropped.
enum AttributeRule: Hashable, Sendable {
    /// The value stays if its form, range and terms are right.
    case keep
    /// The text stays as far as the vocabulary knows its words.
    case cleanText
    /// The text stays unless it holds a word of a person's name.
    case keepText
    /// The date moves by the patient's shift.
    case shiftDate
    /// The date stays.
    case keepDate
    /// The time of day, or the offset of a time zone, stays.
    case keepTime
    /// The age stays up to 89 years.
    case capAge
    /// The identifier is replaced by its keyed image.
    case mapUID
    /// The identifier stays.
    case keepUID
    /// The name of a device is replaced by a keyed stand-in, the same for the same device.
    case replaceDevice
    /// The items stay, each under the same rules.
    case recurse
}
