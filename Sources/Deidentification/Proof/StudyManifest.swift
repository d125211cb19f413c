import Crypto

/// What was done to the files of one study, without a value of any of them.
package struct StudyManifest: Hashable, Sendable, Codable {
    /// A file of the study.
    package struct File: Hashable, Sendable, Codable, Comparable {
        /// The path below the study's folder.
        package let path: String
        /// The new identifier of the image.
        package let sopInstanceUID: String
        /// HMAC-SHA-256 of the input in hexadecimal: only the site can tell which file it was.
        package let inputDigest: String
        /// SHA-256 of the output in hexadecimal.
        package let outputDigest: String

        /// Makes a record of a file.
        package init(
            path: String,
            sopInstanceUID: String,
            inputDigest: String,
            outputDigest: String
        ) {
            self.path = path
            self.sopInstanceUID = sopInstanceUID
            self.inputDigest = inputDigest
            self.outputDigest = outputDigest
        }

        package static func < (left: File, right: File) -> Bool { left.path < right.path }
    }

    /// The form of this record.
    package let format: String
    /// The program and its version.
    package let tool: String
    /// The profile and the digest of its rules and tables.
    package let profile: DeidentificationProfile
    /// SHA-256 of the rules.
    package let profileDigest: String
    /// The new identifier of the study.
    package let studyInstanceUID: String
    /// The pseudonym of the patient.
    package let patient: String
    /// The files by ascending path.
    package let files: [File]
    /// What was done to which attributes in all files together, by ascending tag.
    package let actions: [ActionCount]
    /// What was done to the pixels of each series, by ascending identifier.
    package let series: [SeriesReport]
    /// The checks that every file passed before it was released.
    package let verification: [String]
    /// The Merkle root (RFC 6962) over the outputs' digests in the order of `files`.
    package let root: String

    /// The checks of this version.
    package static let checks = [
        "no identifier, name, date of birth or unique identifier of the input in the output's bytes",
        "no value at any depth that Table E.1-1 takes out and no option lets in",
        "every unique identifier is the image of one of the input's, or the standard's",
        "every date is one of the input's, moved by the days of its patient",
        "preamble, file meta information and pixel words written anew",
        "every pixel inside the skull and within 10 mm of it as it was, where a face was removed",
    ]

    /// Makes the record of a study; files are put in order.
    package init(
        tool: String,
        profile: DeidentificationProfile,
        studyInstanceUID: String,
        patient: String,
        files: [File],
        actions: [ActionCount],
        series: [SeriesReport]
    ) {
        format = "federated-head-ct/deidentification-manifest/2"
        self.tool = tool
        self.profile = profile
        profileDigest = profile.digest
        self.studyInstanceUID = studyInstanceUID
        self.patient = patient
        self.files = files.sorted()
        self.actions = actions
        self.series = series.sorted { $0.seriesInstanceUID < $1.seriesInstanceUID }
        verification = Self.checks
        root = Hexadecimal.text(MerkleRoot.of(self.files.map { Array($0.outputDigest.utf8) }))
    }
}

/// Bytes as digits.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
