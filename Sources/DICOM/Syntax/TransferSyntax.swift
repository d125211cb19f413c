/// How a data set and its pixel data are encoded (PS3.5 section 10, PS3.6 table A-1).
package struct TransferSyntax: Hashable, Sendable {
    /// The identifier in (0002,0010).
    package let uid: String

    /// Whether value representations are written in the data set.
    package let isExplicitVR: Bool

    /// Whether numbers are big endian.
    package let isBigEndian: Bool

    /// Whether the data set is compressed with deflate.
    package let isDeflated: Bool

    /// Whether pixel data are encapsulated in fragments.
    package let isEncapsulated: Bool

    private init(
        _ uid: String,
        explicit: Bool = true,
        big: Bool = false,
        deflated: Bool = false,
        encapsulated: Bool = true
    ) {
        self.uid = uid
        isExplicitVR = explicit
        isBigEndian = big
        isDeflated = deflated
        isEncapsulated = encapsulated
    }

    /// The syntax of an identifier, or nil if its encoding cannot be known.
    ///
    /// Identifiers below the standard's root for encapsulated images that are not in ``allKnown``
    /// are accepted, since every such syntax is explicit little endian; their pixels are not
    /// decodable here. Private identifiers are nil.
    package init?(uid: String) {
        if let known = Self.allKnown.first(where: { $0.uid == uid }) {
            self = known
        } else if uid.hasPrefix("1.2.840.10008.1.2.4.") {
            self.init(uid)
        } else {
            return nil
        }
    }

    /// Implicit VR Little Endian.
    package static let implicitVRLittleEndian = TransferSyntax(
        "1.2.840.10008.1.2",
        explicit: false,
        encapsulated: false
    )

    /// Explicit VR Little Endian.
    package static let explicitVRLittleEndian = TransferSyntax(
        "1.2.840.10008.1.2.1",
        encapsulated: false
    )

    /// Deflated Explicit VR Little Endian.
    package static let deflatedExplicitVRLittleEndian = TransferSyntax(
        "1.2.840.10008.1.2.1.99",
        deflated: true,
        encapsulated: false
    )

    /// Explicit VR Big Endian, retired.
    package static let explicitVRBigEndian = TransferSyntax(
        "1.2.840.10008.1.2.2",
        big: true,
        encapsulated: false
    )

    /// RLE Lossless.
    package static let rleLossless = TransferSyntax("1.2.840.10008.1.2.5")

    /// JPEG Baseline (process 1), lossy 8 bit.
    package static let jpegBaseline = TransferSyntax("1.2.840.10008.1.2.4.50")

    /// JPEG Extended (processes 2 and 4), lossy 12 bit.
    package static let jpegExtended = TransferSyntax("1.2.840.10008.1.2.4.51")

    /// JPEG Lossless, any predictor (process 14).
    package static let jpegLossless = TransferSyntax("1.2.840.10008.1.2.4.57")

    /// JPEG Lossless, first-order prediction (process 14, selection value 1).
    package static let jpegLosslessSV1 = TransferSyntax("1.2.840.10008.1.2.4.70")

    /// JPEG-LS Lossless.
    package static let jpegLSLossless = TransferSyntax("1.2.840.10008.1.2.4.80")

    /// JPEG-LS near-lossless.
    package static let jpegLSNearLossless = TransferSyntax("1.2.840.10008.1.2.4.81")

    /// JPEG 2000, lossless only.
    package static let jpeg2000Lossless = TransferSyntax("1.2.840.10008.1.2.4.90")

    /// JPEG 2000.
    package static let jpeg2000 = TransferSyntax("1.2.840.10008.1.2.4.91")

    /// High-Throughput JPEG 2000, lossless only.
    package static let htj2kLossless = TransferSyntax("1.2.840.10008.1.2.4.201")

    /// High-Throughput JPEG 2000 with RPCL progression, lossless only.
    package static let htj2kLosslessRPCL = TransferSyntax("1.2.840.10008.1.2.4.202")

    /// High-Throughput JPEG 2000.
    package static let htj2k = TransferSyntax("1.2.840.10008.1.2.4.203")

    /// Every syntax that has a name here.
    package static let allKnown: [TransferSyntax] = [
        .implicitVRLittleEndian, .explicitVRLittleEndian, .deflatedExplicitVRLittleEndian,
        .explicitVRBigEndian, .rleLossless, .jpegBaseline, .jpegExtended, .jpegLossless,
        .jpegLosslessSV1, .jpegLSLossless, .jpegLSNearLossless, .jpeg2000Lossless, .jpeg2000,
        .htj2kLossless, .htj2kLosslessRPCL, .htj2k,
    ]
}
