import Synchronization

/// The kinds of request to a DICOMweb server, as the audit log names them.
package enum RequestKind: String, Sendable, Hashable, Codable, CaseIterable {
    case searchStudies = "qido-studies"
    case searchSeries = "qido-series"
    case searchInstances = "qido-instances"
    case retrieveSeries = "wado-series"
    case retrieveInstance = "wado-instance"
}

/// Counts requests until somebody records them.
package final class RequestCounts: Sendable {
    private let counts = Mutex<[RequestKind: Int]>([:])

    /// Nothing yet.
    package init() {}

    /// Counts one attempt.
    func add(_ kind: RequestKind) { counts.withLock { $0[kind, default: 0] += 1 } }

    /// What was counted since the last time this was asked.
    package func take() -> [RequestKind: Int] {
        counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }
}
