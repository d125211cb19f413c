package import Confinement
package import DICOM
import Synchronization

/// Decodes compressed frames in processes that can do nothing else.
///
/// A crash, an endless loop or exhausted memory there costs one frame; the next gets a fresh
/// process. Each caller that decodes at the same time has a process of its own, kept for the next
/// frame. Native pixel data, which only our own checked code reads, are decoded here.
package final class ConfinedFrameDecoder: FrameDecoding {
    /// What holds the decoders back on this machine.
    package let measures: ConfinementMeasures

    private let program: DecoderProgram
    private let limits: ConfinementLimits
    private let idle: Mutex<[DecoderChild]>

    /// The bounds of a decoder: the largest frame takes some 800 MiB, a slice of CT a few
    /// milliseconds.
    package static let decodingLimits = ConfinementLimits(
        addressSpaceBytes: 1 << 30,
        cpuSeconds: 600,
        outputBytes: 1 << 29,
        duration: .seconds(30)
    )

    /// Starts a first decoder, so that a machine that cannot is told apart from a file that cannot.
    ///
    /// - Throws: ``ConfinementError``.
    package init(
        program: DecoderProgram = .thisOne,
        limits: ConfinementLimits = ConfinedFrameDecoder.decodingLimits
    ) throws(ConfinementError) {
        let child = try DecoderChild(program, limits)
        self.program = program
        self.limits = limits
        measures = child.measures
        idle = Mutex([child])
    }

    /// The ids of the processes that wait for a frame.
    package var idleProcessIDs: [Int32] { idle.withLock { $0.map(\.processID) } }

    /// Decodes one frame; blocks the thread.
    package func decode(_ file: DICOMFile, frame: Int) throws(DICOMError) -> DecodedFrame {
        guard let image = try PixelDecoder.encodedFrame(of: file, frame: frame) else {
            return try PixelDecoder.decode(file, frame: frame)
        }
        let description = try PixelDataDescription(image)
        let question = try FrameMessage.question(image, file.transferSyntax)
        let maximum = FrameMessage.maximumAnswer(to: description)
        let answer: [UInt8]
        do throws(ConfinementError) { answer = try ask(question, maximum: maximum) } catch {
            throw Self.failure(error)
        }
        return try FrameMessage.frame(answer, description)
    }

    /// Asks a second process where the first was killed, which may have come from outside.
    private func ask(
        _ question: [UInt8],
        maximum: Int
    ) throws(ConfinementError) -> [UInt8] {
        do throws(ConfinementError) { return try askOnce(question, maximum: maximum) } catch {
            guard error.ending?.isKill == true else { throw error }
        }
        return try askOnce(question, maximum: maximum)
    }

    private func askOnce(
        _ question: [UInt8],
        maximum: Int
    ) throws(ConfinementError) -> [UInt8] {
        var child = try fitChild()
        let answer = try child.answer(to: question, maximum: maximum)
        idle.withLock { $0.append(child) }
        return answer
    }

    private func fitChild() throws(ConfinementError) -> DecoderChild {
        while let child = idle.withLock({ $0.popLast() }) {
            if child.isFit { return child }
        }
        return try DecoderChild(program, limits)
    }

    private static func failure(_ error: ConfinementError) -> DICOMError {
        switch error.code {
        case .timeLimit:
            DICOMError(.decodingTimeLimit, tag: .pixelData, "decoding was ended: \(error.detail)")
        case .notStarted: DICOMError(.decoderUnavailable, tag: .pixelData, error.detail)
        case .outputLimit, .ended:
            DICOMError(.decoderEnded, tag: .pixelData, "decoding failed: \(error.detail)")
        }
    }
}
