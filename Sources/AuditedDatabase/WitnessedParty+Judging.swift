import AuditLog

extension WitnessedParty {
    /// What is to be done with an offered checkpoint.
    enum Judgement {
        case accepted(Checkpoint)
        /// As accepted, and both the known and the offered key of the log signed it.
        case acceptedRotation(Checkpoint)
        case needsProof(from: Int64)
        case refused(WitnessedLog.Refusal)
    }

    /// Judges a checkpoint by what is remembered; nothing is stored.
    func judge(_ offer: CheckpointOffer) -> Judgement {
        guard let logKey, witnessKey == offer.witnessKey,
            logKey == offer.logKey || isRotation(offer)
        else { return .refused(.otherKey) }
        let last = checkpoint
        var log = WitnessedLog(key: offer.logKey, last: last)
        let isRepeated = offer.note.text == note?.text
        let size = offer.note.isSigned(by: offer.logKey) ? offer.checkpoint?.size : nil
        if let last, let size, size > last.size, offer.provenFrom != last.size {
            return .needsProof(from: last.size)
        }
        do throws(WitnessedLog.Refusal) {
            let checkpoint = try log.accept(offer.note, proof: isRepeated ? [] : offer.proof)
            return logKey == offer.logKey
                ? .accepted(checkpoint) : .acceptedRotation(checkpoint)
        } catch {
            return .refused(error)
        }
    }

    /// Whether an offer comes with another key of the same log, and the known one signed it too.
    private func isRotation(_ offer: CheckpointOffer) -> Bool {
        guard let logKey, logKey.name == offer.logKey.name else { return false }
        return offer.note.isSigned(by: logKey) && offer.note.isSigned(by: offer.logKey)
    }
}

extension CheckpointOffer {
    /// What the note says, signed or not.
    var checkpoint: Checkpoint? { try? Checkpoint(parsing: note.text) }
}
