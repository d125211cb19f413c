import Confinement
import DICOM

/// One decoder process and the time it has spent on questions.
struct DecoderChild: Sendable {
    /// What holds the process back.
    let measures: ConfinementMeasures
    /// The id of the process.
    var processID: Int32 { process.processID }

    private let process: ConfinedProcess
    private let limits: ConfinementLimits
    private var spent = Duration.zero

    /// Starts a decoder and waits until it is confined.
    ///
    /// - Throws: ``ConfinementError``.
    init(_ program: DecoderProgram, _ limits: ConfinementLimits) throws(ConfinementError) {
        let process = try ConfinedProcess(
            path: program.path,
            arguments: [program.path] + program.arguments,
            environment: program.environment,
            limits: limits,
            access: nil
        )
        let deadline = ContinuousClock.now + DecoderProgram.startLimit
        let greeting = try process.read(count: FrameMessage.greetingLength, by: deadline)
        guard greeting.starts(with: FrameMessage.greeting) else {
            throw process.refused("\(program.path) is no frame decoder")
        }
        let own = ConfinementMeasures(
            rawValue: UInt32(FrameMessage.integer(greeting[4...]))
        )
        self.process = process
        self.limits = limits
        measures = own
    }

    /// Whether the process is there and has processor time left for another question.
    ///
    /// It decodes on one thread, so that it has used no more than the time it was waited for.
    var isFit: Bool {
        spent + limits.duration < .seconds(limits.cpuSeconds) && process.isWaiting
    }

    /// Puts a question and gives the answer, without its length.
    ///
    /// - Throws: ``ConfinementError``; the child must not be used again.
    mutating func answer(
        to question: [UInt8],
        maximum: Int
    ) throws(ConfinementError) -> [UInt8] {
        let start = ContinuousClock.now
        let deadline = start + limits.duration
        try process.write(question, by: deadline)
        let length = FrameMessage.integer(try process.read(count: 4, by: deadline))
        guard (1...maximum).contains(length) else {
            throw process.refused("an answer of \(length) bytes")
        }
        let answer = try process.read(count: length, by: deadline)
        spent += ContinuousClock.now - start
        return answer
    }
}
