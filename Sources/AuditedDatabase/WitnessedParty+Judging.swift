import AuditLog

extension WitnessedParty {
    /// What is to be done with an offered checkpoint.
    enum Judgement {
        case accepted(Checkpoint)
        case needsProof(from: Int64)
        case refused(WitnessedLog.Refusal)
    }

    /// Judges a checkpoint by what is remembered; nothing is stored.
    func judge(_ offer: CheckpointOffer) -> Judgement {
        guard logKey == offer.logKey, witnessKey == offer.witnessKey else {
            return .refused(.otherKey)
        }
        let last = checkpoint
        var log = WitnessedLog(key: offer.logKey, last: last)
        let isRepeated = offer.note.text == note?.text
        let size = offer.note.isSigned(by: offer.logKey) ? offer.checkpoint?.size : nil
        if let last, let size, size > last.size, offer.provenFrom != last.size {
            return .needsProof(from: last.size)
        }
        do throws(WitnessedLog.Refusal) {
            return .accepted(try log.accept(offer.note, proof: isRepeated ? [] : offer.proof))
        } catch {
            return .refused(error)
        }
    }
}

extension CheckpointOffer {
    /// What the note says, signed or not.
    var checkpoint: Checkpoint? { try? Checkpoint(parsing: note.text) }
}
