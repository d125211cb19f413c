/// An audit message for a syslog collector: RFC 5424 header, octet-counted as RFC 5425 asks.
///
/// As IHE ITI-20: facility 10 (security), MSGID `IHE+RFC-3881`, the XML in UTF-8 behind a BOM.
package struct SyslogMessage: Sendable, Hashable {
    private let record: AuditRecord
    private let host: String
    private let application: String
    private let process: Int32

    /// The message of a record.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - host: the name of this machine; `-` is sent for an empty one.
    ///   - application: the program, as `fedagent`.
    ///   - process: its process id.
    package init(_ record: AuditRecord, host: String, application: String, process: Int32) {
        self.record = record
        self.host = host
        self.application = application
        self.process = process
    }

    /// The frame: the count of bytes, a space, the message.
    package var frame: [UInt8] {
        let message = message
        return Array("\(message.count) ".utf8) + message
    }

    private var message: [UInt8] {
        let time = CivilTime.text(milliseconds: record.stamp.milliseconds, hasFraction: true)
        let header =
            "<\(priority)>1 \(time) \(field(host, 255)) \(field(application, 48)) \(process)"
            + " IHE+RFC-3881 - "
        return Array(header.utf8) + [0xEF, 0xBB, 0xBF] + Array(ATNAMessage(record).xml.utf8)
    }

    /// Facility 10 with severity 5 (notice), 4 (warning) or 2 (critical).
    private var priority: Int {
        let severity =
            switch record.entry.outcome {
            case .success: 5
            case .minorFailure: 4
            case .seriousFailure, .majorFailure: 2
            }
        return 10 * 8 + severity
    }

    /// A header field: printable ASCII, `-` if there is none.
    private func field(_ text: String, _ lengthMax: Int) -> String {
        let printable = text.utf8.filter { (33...126).contains($0) }.prefix(lengthMax)
        return printable.isEmpty ? "-" : String(decoding: Array(printable), as: UTF8.self)
    }
}
