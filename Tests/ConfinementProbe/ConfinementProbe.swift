import ConfinedDecoding
import Confinement
import DICOM

/// A decoder whose codec misbehaves, as its argument says, at images of 13 rows, and a reader in
/// little memory; for tests.
@main
enum ConfinementProbe {
    static let limits = ConfinementLimits(
        addressSpaceBytes: 256 << 20,
        cpuSeconds: 20,
        outputBytes: 1 << 20,
        duration: .seconds(20)
    )

    static func main() {
        FrameDecodingService.runIfAsked()
        if CommandLine.arguments.dropFirst().first == ReadingProbe.argument { ReadingProbe.run() }
        guard let name = CommandLine.arguments.dropFirst().first,
            let misbehaviour = Misbehaviour(rawValue: name)
        else { return }
        FrameDecodingService.run(limits: limits) { file throws(DICOMError) in
            if file.dataSet.int(.rows) == 13 { try misbehaviour.perform() }
            return try PixelDecoder.decode(file)
        }
    }
}
