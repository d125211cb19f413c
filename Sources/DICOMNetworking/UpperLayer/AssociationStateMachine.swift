/// The acceptor's side of an association, as a value (PS3.8 section 9.2).
///
/// It knows no socket and no clock: what came in goes in, what is to be done comes out.
package struct AssociationStateMachine: Sendable {
    /// The states of PS3.8 table 9-10 that an acceptor with immediate answers passes through.
    package enum State: Sendable, Hashable {
        /// Sta2: the transport is open and the request has not come.
        case awaitingRequest
        /// Sta6: the association is open.
        case established
        /// Sta13: the last word is said; the peer is to close the transport.
        case awaitingClose
    }

    /// What to do next.
    package enum Action: Sendable, Hashable {
        case send(PDU)
        /// The association is open; its accepted contexts.
        case open(AssociateAccept)
        /// A fragment of a message for PS3.7.
        case deliver(PresentationDataValue)
        /// Close the transport.
        case close(Ending)
    }

    /// How an association ended.
    package enum Ending: Sendable, Hashable {
        case released
        case rejected(AssociateRejection)
        case abortedByPeer
        case violated(ProtocolViolation)
        case timedOut(ReceiverLimits.Timer)
        /// This side went down.
        case stopped
        /// The peer went without a word.
        case disconnected
        /// The connection or its TLS failed, with the kind of error.
        case transportFailed(String)
    }

    /// Where the association stands.
    package private(set) var state = State.awaitingRequest
    private let policy: AssociationPolicy
    private let address: String
    private var contexts: Set<UInt8> = []

    /// An association that is about to be asked for from an address.
    package init(policy: AssociationPolicy, address: String) {
        self.policy = policy
        self.address = address
    }

    /// A unit came while `open` other associations are open.
    package mutating func receive(_ unit: PDU, open: Int) -> [Action] {
        switch (state, unit) {
        case (.awaitingClose, _): []
        case (_, .abort): end(.abortedByPeer)
        case (.awaitingRequest, .associateRequest(let request)): answer(request, open: open)
        case (.established, .data(let values)): deliver(values)
        case (.established, .releaseRequest):
            [.send(.releaseReply)] + end(.released)
        default: violate(ProtocolViolation(.unexpectedPDU, "a PDU that may not come in this state"))
        }
    }

    /// What came is not allowed.
    package mutating func violate(_ violation: ProtocolViolation) -> [Action] {
        guard state != .awaitingClose else { return [] }
        return [.send(.abort(violation.reason))] + end(.violated(violation))
    }

    /// A time limit passed.
    package mutating func expire(_ timer: ReceiverLimits.Timer) -> [Action] {
        guard state != .awaitingClose else { return [] }
        return [.send(.abort(.notSpecified))] + end(.timedOut(timer))
    }

    private mutating func end(_ ending: Ending) -> [Action] {
        state = .awaitingClose
        return [.close(ending)]
    }

    private mutating func answer(_ request: AssociateRequest, open: Int) -> [Action] {
        switch policy.answer(to: request, from: address, open: open) {
        case .success(let accept):
            state = .established
            contexts = Set(accept.transferSyntaxes.keys)
            return [.send(.associateAccept(accept)), .open(accept)]
        case .failure(let rejection):
            return [.send(.associateReject(rejection))] + end(.rejected(rejection))
        }
    }

    private mutating func deliver(_ values: [PresentationDataValue]) -> [Action] {
        guard values.allSatisfy({ contexts.contains($0.contextID) }) else {
            return violate(
                ProtocolViolation(.invalidParameter, "data in a presentation context not accepted")
            )
        }
        return values.map { .deliver($0) }
    }
}
