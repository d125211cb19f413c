package import AuditLog
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Sends audit messages to a collector over TLS 1.2 or newer, whose name is checked (RFC 5425).
package struct SyslogConnection: Sendable {
    /// Why it failed: which collector, what to look at.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// In words.
        package let description: String
    }

    /// The certificate with which this machine answers, and its key: paths of PEM files.
    package struct Identity: Sendable, Hashable {
        /// The chain, leaf first.
        package let certificate: String
        /// Its key.
        package let key: String

        /// Two files.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    private let address: SyslogAddress
    private let trust: String
    private let identity: Identity?

    /// A connection that trusts the certificates of a PEM file and nothing else.
    package init(address: SyslogAddress, trust: String, identity: Identity? = nil) {
        self.address = address
        self.trust = trust
        self.identity = identity
    }

    /// Sends records in order and waits until all are written and the connection is closed.
    ///
    /// - Returns: How many. RFC 5425 has no answers: what the collector kept only it knows.
    package func send(_ records: [AuditRecord], application: String) async throws -> Int64 {
        let host = ProcessInfo.processInfo.hostName
        let process = ProcessInfo.processInfo.processIdentifier
        let channel = try await connect()
        do {
            for record in records {
                let message = SyslogMessage(
                    record,
                    host: host,
                    application: application,
                    process: process
                )
                try await channel.writeAndFlush(ByteBuffer(bytes: message.frame))
            }
            try await channel.close()
        } catch {
            throw Failure(
                description: "the collector \(address) broke off (\(error)); send again from the"
                    + " last record it kept with --from"
            )
        }
        return Int64(records.count)
    }

    private func connect() async throws -> any Channel {
        let context = try context()
        let isAddress = (try? SocketAddress(ipAddress: address.host, port: address.port)) != nil
        let name = isAddress ? nil : address.host
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(10))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            try NIOSSLClientHandler(context: context, serverHostname: name)
                        )
                    }
                }
                .connect(host: address.host, port: address.port).get()
        } catch {
            throw Failure(description: "no connection to the collector \(address) (\(error))")
        }
    }

    private func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        do {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(trust))
            if let identity {
                let chain = try NIOSSLCertificate.fromPEMFile(identity.certificate)
                configuration.certificateChain = chain.map { .certificate($0) }
                configuration.privateKey = .privateKey(
                    try NIOSSLPrivateKey(file: identity.key, format: .pem)
                )
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw Failure(description: "\(trust) or the certificate cannot be used (\(error))")
        }
    }
}
