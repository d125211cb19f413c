import DICOM
import HeadCT

/// What is fed with random bytes.
///
/// Any error is a right answer; a crash, a hang, too much memory or a
/// broken promise is a finding.
enum FuzzTarget: String {
    case dicom
    case rle
    case jpegLossless = "jpeg-lossless"
    case jpegLS = "jpeg-ls"
    case jpeg2000 = "jpeg-2000"
    case segmentation
    case nifti
    case png

    func run(_ bytes: [UInt8]) {
        switch self {
        case .dicom: FileFuzzing.run(bytes)
        case .rle: FrameFuzzing.run(bytes, .rleLossless)
        case .jpegLossless: FrameFuzzing.run(bytes, .jpegLossless)
        case .jpegLS: FrameFuzzing.run(bytes, .jpegLSLossless)
        case .jpeg2000: FrameFuzzing.run(bytes, .jpeg2000)
        case .segmentation: MaskFuzzing.run(bytes, .dicomSEG, name: "masks.dcm")
        case .nifti: MaskFuzzing.run(bytes, .nifti, name: "1.nii.gz")
        case .png: MaskFuzzing.run(bytes, .png, name: "1.2.3.png")
        }
    }
}
