import DICOM
import Foundation
import Subprocess
import Synchronization
import Testing

extension EndToEndTests {
    /// A real run over loopback, one of whose sites is listened to on the wire.
    @Suite struct EgressOnTheWireTests {
        private static let shared = Task { try await ran() }

        private struct Run {
            let federation: WiredFederation
            let requests: [CapturedRequest]
            let wire: [[UInt8]]
        }

        /// Sets the federation up, runs the plan to its end and stops everything.
        private static func ran() async throws -> Run {
            let federation = try await WiredFederation()
            try await federation.prepare(["north", "south"])
            let ended = Ending()
            return try await withThrowingTaskGroup(of: Run?.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    try await federation.serve("fedcoordinator", federation.coordinator)
                    return nil
                }
                try await federation.reachable()
                for name in ["north", "south"] { try await federation.enrol(name) }
                let proxy = try await CapturingProxy(
                    coordinator: federation.coordinator,
                    site: federation.site("north"),
                    servicePort: federation.servicePort
                )
                try federation.redirect("north", to: proxy.port)
                try await federation.startRun()
                for name in ["north", "south"] {
                    group.addTask {
                        try await federation.serve("fedagent", federation.site(name)) { line in
                            if line.contains("run-") && line.contains("completed") {
                                ended.note(name)
                            }
                        }
                        return nil
                    }
                }
                try await within(.seconds(240), "the run") { try await ended.both() }
                group.cancelAll()
                while let _ = await group.nextResult() {}
                await proxy.close()
                let wire = proxy.connections
                return Run(
                    federation: federation,
                    requests: try wire.flatMap(CapturedRequest.all),
                    wire: wire
                )
            }
        }

        @Test func `the ledger is what was on the wire, message for message and byte for byte`()
            async throws
        {
            let run = try await Self.shared.value
            let listed = try await run.federation.agent("north", ["egress", "list", "--json"])
            let ledger = try listed.split(separator: "\n").map {
                try JSONDecoder().decode(SiteReport.Message.self, from: Data($0.utf8))
            }
            // Enrolment went to the other port, before the proxy was there.
            let sent = ledger.filter { $0.kind != "enrol" }.map {
                CapturedRequest(kind: $0.kind, bytes: $0.bytes, sha256: $0.sha256)
            }
            // An agent that is stopped may have recorded its last question for work and not sent it.
            let last = ledger.last.map {
                CapturedRequest(kind: $0.kind, bytes: $0.bytes, sha256: $0.sha256)
            }
            let isUnsent = last?.kind == "next-work" && sent.count == run.requests.count + 1
            let seen = run.requests + (isUnsent ? [last].compactMap { $0 } : [])
            #expect(sent.sorted() == seen.sorted())
            let kinds = Set(run.requests.map(\.kind))
            for kind in ["put-part", "contribute", "report-metrics", "exchange-checkpoints"] {
                #expect(kinds.contains(kind), "\(kind) was not seen")
            }
            let bytes = run.requests.reduce(0) { $0 + $1.bytes }
            #expect(run.wire.reduce(0) { $0 + $1.count } > bytes, "heads have bytes too")
        }

        @Test
        func `nothing of a patient is on the wire, in files, databases, logs or temporary files`()
            async throws
        {
            let run = try await Self.shared.value
            var canaries = NeedleScan()
            for word in [CanaryExam.word, CanaryExam.pixels] {
                canaries.add(word, characterSet: .default)
            }
            for bytes in run.wire { #expect(canaries.hits(in: bytes).isEmpty) }
            for file in try run.federation.files() {
                let bytes = [UInt8](try Data(contentsOf: file))
                // The site's own copies keep their pixels; they never leave.
                let isCopy = file.path.contains("/deidentified/")
                let allowed: Set<String> = isCopy ? [CanaryExam.pixels] : []
                #expect(canaries.hits(in: bytes).subtracting(allowed).isEmpty, "\(file.path)")
            }
            for name in ["north", "south"] {
                let profile = Programs.hospitals.appending(path: "\(name)/site.yaml")
                let scan = try PlantedHospital(profile: profile, seed: 1).scan
                for bytes in run.wire { #expect(scan.hits(in: bytes).isEmpty) }
                for file in try run.federation.files() {
                    let bytes = [UInt8](try Data(contentsOf: file))
                    #expect(scan.hits(in: bytes).isEmpty, "\(file.path)")
                }
            }
        }

        @Test func `no key is anywhere but in its own file`() async throws {
            let run = try await Self.shared.value
            let files = try run.federation.files()
            var keys: [(file: URL, needles: [Data])] = []
            for file in files {
                let bytes = [UInt8](try Data(contentsOf: file))
                let name = file.lastPathComponent
                if name == "audit-key" || name.hasSuffix(".key") {
                    let hex = bytes.map { String(format: "%02x", $0) }.joined()
                    let base64 = Data(bytes).base64EncodedString().dropLast(4)
                    keys.append((file, [Data(bytes), Data(hex.utf8), Data(base64.utf8)]))
                } else if let key = Self.firstLineOfKey(String(decoding: bytes, as: UTF8.self)) {
                    keys.append((file, [Data(key.utf8)]))
                }
            }
            #expect(keys.count >= 10, "\(keys.map(\.file.lastPathComponent))")
            for (file, needles) in keys {
                let mode = try FileManager.default.attributesOfItem(atPath: file.path)
                #expect(mode[.posixPermissions] as? Int == 0o600, "\(file.path)")
                for needle in needles {
                    for bytes in run.wire {
                        #expect(Data(bytes).range(of: needle) == nil, "\(file.path)")
                    }
                    for other in files where other != file {
                        let found = try Data(contentsOf: other).range(of: needle)
                        #expect(found == nil, "\(file.path) in \(other.path)")
                    }
                }
            }
        }

        /// The first line of a private key in PEM.
        private static func firstLineOfKey(_ text: String) -> Substring? {
            let lines = text.split(separator: "\n")
            guard let start = lines.firstIndex(where: { $0.hasSuffix("PRIVATE KEY-----") }) else {
                return nil
            }
            return lines[(start + 1)...].first
        }

        @Test func `both logs verify offline, agree with each other, and are cosigned`()
            async throws
        {
            let federation = try await Self.shared.value.federation
            let keys = federation.folder.appending(path: "keys.txt")
            var lines = ""
            var bundles: [String: String] = [:]
            for name in ["north", "south"] {
                lines += try await federation.agent(name, ["audit", "keys"])
                let file = federation.folder.appending(path: "\(name).bundle").path
                try await federation.agent(name, ["audit", "export", file])
                bundles[name] = file
            }
            lines += try await federation.operation(["audit", "keys"])
            let file = federation.folder.appending(path: "coordinator.bundle").path
            try await federation.operation(["audit", "export", file])
            try lines.write(to: keys, atomically: true, encoding: .utf8)
            for (program, own, peer) in [
                ("fedcoordinator", file, bundles["north"] ?? ""),
                ("fedagent", bundles["north"] ?? "", file),
                ("fedagent", file, bundles["south"] ?? ""),
            ] {
                let outcome = try await Command(
                    program: program,
                    arguments: ["audit", "verify", own, "--trust", keys.path, "--peer", peer]
                ).run()
                #expect(outcome.status.isSuccess, "\(outcome.output)")
                #expect(outcome.output.hasPrefix("GOOD"))
                #expect(outcome.output.contains("agrees with"))
            }
            let known = try await federation.operation(["audit", "witnesses"])
            #expect(known.contains("north\tlog seen to record"), "\(known)")
            #expect(!known.contains("ALARM") && known.contains("cosigned to record"), "\(known)")
            let north = try await federation.agent("north", ["audit", "witnesses"])
            #expect(north.contains("wired/site/south\tknown as a witness"), "\(north)")
        }
    }
}

/// Waits until both sites have said that the run is over.
private final class Ending: Sendable {
    private let state = Mutex<(names: Set<String>, waiter: CheckedContinuation<Void, Never>?)>(
        ([], nil)
    )

    func note(_ name: String) {
        let waiter = state.withLock { state in
            state.names.insert(name)
            guard state.names.count == 2 else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func both() async throws {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.names.count < 2 { state.waiter = continuation }
                return state.names.count >= 2
            }
            if isOver { continuation.resume() }
        }
    }
}
