/// What part of the body the words of a header speak of.
enum BodyRegion: Hashable, Sendable {
    /// The head is named, whatever else is.
    case head
    /// Another part is named and the head is not.
    case other
    /// No part is named.
    case unknown

    /// Reads the words of descriptions, in any of a few languages.
    init(words texts: [String]) {
        let words = texts.flatMap { TextFolding.words(TextFolding.fold($0)).map(String.init) }
        func isAny(_ stems: [String]) -> Bool {
            words.contains { word in stems.contains { word.hasPrefix($0) } }
        }
        if isAny(Self.headStems) || words.contains(where: Self.headWords.contains) {
            self = .head
        } else if isAny(Self.otherStems) || words.contains(where: Self.otherWords.contains) {
            self = .other
        } else {
            self = .unknown
        }
    }

    private static let headStems = [
        "head", "brain", "skull", "crani", "cerebr", "encephal", "encefal", "neuro", "schaedel",
        "schadel", "kopf", "hirn", "cerveau", "crane", "cabeza", "testa", "orbit", "mastoid",
        "stroke", "intracran", "calvar",
    ]
    private static let headWords: Set<String> = ["cct", "ncct", "sinus", "sinuses", "tete", "ear"]

    private static let otherStems = [
        "chest", "thora", "lung", "abdom", "pelvi", "cardi", "heart", "coron", "aort", "spine",
        "spinal", "lumb", "cervic", "sacr", "knee", "hip", "shoulder", "ankle", "wrist", "elbow",
        "hand", "foot", "leg", "extrem", "liver", "kidney", "urogra", "colon", "carotid", "hals",
        "becken", "wirbel", "herz", "knie", "smartscore", "calcium", "pulmon", "rib", "femur",
        "tibia", "breast", "uterus", "prostat",
    ]
    private static let otherWords: Set<String> = [
        "neck", "arm", "tap", "cspine", "tspine", "lspine", "hws", "bws", "lws", "kub", "ctpa",
    ]
}
