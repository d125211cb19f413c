import ConfinedDecoding
import Confinement
import SiteAgent

/// Where `fedagent` decodes compressed pixels: in children that can do nothing else.
enum PixelDecoding {
    /// Starts a decoder, and says which measures this machine lacks.
    ///
    /// - Throws: ``AgentError`` `unavailable` if no child can be started.
    static func confined() throws -> ConfinedFrameDecoder {
        let decoder: ConfinedFrameDecoder
        do throws(ConfinementError) { decoder = try ConfinedFrameDecoder() } catch {
            throw AgentError(
                .unavailable,
                "the process that decodes pixels cannot be started: \(error.detail)",
                hint: "check the limits on processes and memory of this user (ulimit -a)"
            )
        }
        for sentence in decoder.measures.missingSentences {
            Terminal.say("fedagent: warning: pixel decoder: \(sentence)")
        }
        return decoder
    }
}
