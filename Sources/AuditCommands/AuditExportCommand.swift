package import ArgumentParser
import AuditLog
import AuditedDatabase
import Foundation

extension AuditFormat: ExpressibleByArgument {}

/// `audit export`: the same in both programs.
package struct AuditExportCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: "Hand the log to an auditor, a SIEM or an audit repository.",
            discussion: """
                bundle: one file that `audit verify` checks offline. atna: DICOM PS3.15 A.5 XML, an \
                audit message a line. fhir: R4 AuditEvent, a resource a line. jsonl: the records.

                  \(Folder.program) audit export log.bundle
                  \(Folder.program) audit export --format fhir log.ndjson
                  \(Folder.program) audit export --syslog arr.hospital.example:6514 --ca ca.pem

                --syslog sends the ATNA messages over TLS (RFC 5425). Who exported what is recorded.
                """
        )
    }

    @OptionGroup var folder: Folder
    @Argument(help: "The file to write; - is standard output.", completion: .file())
    var file: String?
    @Option(help: "The form: \(AuditFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = AuditFormat.bundle
    @Option(help: "Records from this number on; not for a bundle.") var from: Int64 = 0
    @Option(help: "HOST:PORT of a syslog collector with TLS.") var syslog: SyslogAddress?
    @Option(help: "The certificates the collector must chain to (PEM).", completion: .file())
    var ca: String?
    @Option(help: "This machine's certificate for the collector (PEM).", completion: .file())
    var certificate: String?
    @Option(help: "Its key (PEM).", completion: .file()) var key: String?

    /// Made by the parser.
    package init() {}

    /// Refuses options that do not go together.
    package func validate() throws {
        guard (file == nil) != (syslog == nil) else {
            throw ValidationError("name a file, or a collector with --syslog")
        }
        guard syslog == nil || ca != nil else {
            throw ValidationError("--syslog needs --ca: whom to believe to be the collector")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key go together")
        }
        guard from >= 0, from == 0 || syslog != nil || format != .bundle else {
            throw ValidationError("a bundle is always whole: leave --from out")
        }
        guard format != .bundle || file != "-" else {
            throw ValidationError("a bundle is written to a file")
        }
    }

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let store = try folder.auditedStore()
            if let syslog {
                let count = try await send(store, to: syslog)
                Output.say("\(count) records sent to \(syslog)")
            } else if let file {
                let count = try await write(store, to: file)
                if file != "-" { Output.say("\(count) records in \(file)") }
            }
        }
    }

    private func write(_ store: Folder.Store, to file: String) async throws -> Int64 {
        guard format != .bundle else {
            return try await store.exportBundle(to: URL(filePath: file), by: Folder.actor)
        }
        try await store.recordAuditRead(as: format.rawValue, by: Folder.actor)
        let sink = try LineSink(file)
        let count = try await store.forEachAuditRecord(from: from) { [format] record in
            if let line = format.line(record) { try sink.write(line) }
        }
        try sink.finish()
        return count
    }

    private func send(_ store: Folder.Store, to address: SyslogAddress) async throws -> Int64 {
        try await store.recordAuditRead(as: "syslog/\(address)", by: Folder.actor)
        let records = try await store.auditRecords().filter { $0.sequence >= from }
        let identity = certificate.flatMap { certificate in
            key.map { SyslogConnection.Identity(certificate: certificate, key: $0) }
        }
        let connection = SyslogConnection(address: address, trust: ca ?? "", identity: identity)
        return try await connection.send(records, application: Folder.program)
    }
}
