import DICOM
import NIOCore
import NIOPosix

/// Answers the requests of one association and streams their objects to the inbox.
struct StorageSession {
    /// Objects kept so far, and what became of them.
    private(set) var record: AssociationRecord

    private let inbox: Inbox
    private let emit: @Sendable (ReceiverEvent) -> Void
    private var reader: MessageReader
    private var syntaxes: [UInt8: String] = [:]
    private var storing: Storing?

    /// The object that is coming in.
    private struct Storing {
        let request: MessageRequest
        /// Nil once it is refused; the rest of its bytes is passed over then.
        var object: IncomingObject?
        var refusal: (status: MessageStatus, reason: String)?
    }

    init(
        address: String,
        inbox: Inbox,
        limits: ReceiverLimits,
        emit: @escaping @Sendable (ReceiverEvent) -> Void
    ) {
        record = AssociationRecord(address: address)
        reader = MessageReader(commandBytesMax: limits.commandBytesMax)
        self.inbox = inbox
        self.emit = emit
    }

    /// The association is open.
    mutating func open(_ accept: AssociateAccept) {
        syntaxes = accept.transferSyntaxes
        record.peer = accept.calling.rawValue
        emit(.opened(peer: accept.calling.rawValue, address: record.address))
    }

    /// The association is over; an object that is not whole is thrown away.
    mutating func end(_ ending: AssociationStateMachine.Ending) {
        record.ending = ending
        storing?.object?.discard()
        storing = nil
        emit(.ended(record))
    }

    /// Takes a fragment and returns what to answer.
    ///
    /// - Throws: ``ProtocolViolation``.
    mutating func take(_ value: PresentationDataValue) async throws -> [PDU] {
        var answers: [PDU] = []
        for event in try reader.take(value) {
            switch event {
            case .request(let request): answers.append(answer(request))
            case .begin(let request): storing = await begin(request)
            case .bytes(let bytes): await append(bytes)
            case .end: if let answer = await finish() { answers.append(answer) }
            }
        }
        return answers
    }

    private func answer(_ request: MessageRequest) -> PDU {
        switch request.operation {
        case .echo: request.response(.success)
        case .store: request.response(.cannotUnderstand)
        case nil: request.response(.unrecognizedOperation)
        }
    }

    private func begin(_ request: MessageRequest) async -> Storing {
        var storing = Storing(request: request)
        guard request.operation == .store else {
            storing.refusal = (.unrecognizedOperation, "the operation is not known here")
            return storing
        }
        guard let sopClass = request.sopClass, let instance = request.sopInstance,
            let uid = syntaxes[request.contextID], let syntax = TransferSyntax(uid: uid)
        else {
            storing.refusal = (.cannotUnderstand, "the command names no SOP class and instance")
            return storing
        }
        do {
            let inbox = inbox
            storing.object = try await NIOThreadPool.singleton.runIfActive {
                let object = try inbox.begin()
                try object.append(
                    DICOMFile.header(
                        sopClassUID: sopClass.rawValue,
                        sopInstanceUID: instance.rawValue,
                        transferSyntax: syntax
                    )
                )
                return object
            }
        } catch {
            storing.refusal = Self.refusal(error)
        }
        return storing
    }

    private mutating func append(_ bytes: ByteBuffer) async {
        guard let object = storing?.object else { return }
        do {
            try await NIOThreadPool.singleton.runIfActive { try object.append(bytes) }
        } catch {
            storing?.refusal = Self.refusal(error)
            storing?.object = nil
            object.discard()
        }
    }

    private mutating func finish() async -> PDU? {
        guard let storing else { return nil }
        self.storing = nil
        var answer: (status: MessageStatus, reason: String) = (.success, "")
        if let refusal = storing.refusal {
            answer = refusal
            record.refused += 1
        } else if let object = storing.object {
            answer = await commit(object, storing.request)
        }
        let bytes = storing.object?.count ?? 0
        emit(
            .answered(
                peer: record.peer ?? "",
                status: answer.status,
                reason: answer.reason,
                bytes: bytes
            )
        )
        return storing.request.response(answer.status)
    }

    private mutating func commit(
        _ object: IncomingObject,
        _ request: MessageRequest
    ) async -> (status: MessageStatus, reason: String) {
        guard let sopClass = request.sopClass, let instance = request.sopInstance else {
            return (.cannotUnderstand, "the command names no SOP class and instance")
        }
        let announced = ObjectIdentity(sopClass: sopClass, sopInstance: instance)
        do {
            let inbox = inbox
            let outcome = try await NIOThreadPool.singleton.runIfActive {
                try inbox.commit(object) { $0 == announced }.outcome
            }
            if outcome == .unchanged {
                record.unchanged += 1
            } else {
                record.stored += 1
                record.bytes += object.count
            }
            return (.success, outcome.rawValue)
        } catch {
            record.refused += 1
            return Self.refusal(error)
        }
    }

    private static func refusal(_ error: any Error) -> (MessageStatus, String) {
        guard let error = error as? InboxError else {
            return (.outOfResources, "the object could not be kept (\(type(of: error)))")
        }
        let status: MessageStatus =
            switch error.code {
            case .diskFull, .tooLarge, .storage: .outOfResources
            case .notDICOM: .cannotUnderstand
            case .mismatch: .dataSetMismatch
            }
        return (status, "\(error.code.rawValue): \(error)")
    }
}
