package import DICOM

/// One image after de-identification: what may be stored, and nothing of what it came from.
package struct DeidentifiedInstance: Sendable {
    /// The file, Explicit VR Little Endian, native pixels of 16 bits.
    package let dicomBytes: [UInt8]

    /// The data set of the file.
    package let dataSet: DataSet

    /// The name to store the file under, made of the new instance identifier.
    package let fileName: String

    /// The new identifier of the instance.
    package let sopInstanceUID: String

    /// The new identifier of the series.
    package let seriesInstanceUID: String

    /// The new identifier of the study.
    package let studyInstanceUID: String

    /// The pseudonym that stands for the patient.
    package let patientPseudonym: String

    /// What was done to which attributes, by ascending tag.
    package var counts: [ActionCount] { tally.sorted }

    /// HMAC-SHA-256 of the input in hexadecimal, by which only the site can tell which file it was;
    /// empty where only a parsed file was given.
    package internal(set) var inputDigest = ""

    let tally: ActionTally

    /// The pixels, as in the file.
    package let frame: DecodedFrame

    /// What was done to the pixels.
    let cleaning: PixelCleaning
}
