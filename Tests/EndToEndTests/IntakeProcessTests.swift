import Foundation
import Subprocess
import Synchronization
import Testing

extension EndToEndTests {
    /// A site's intake as its admin runs it, with good input and bad.
    @Suite struct IntakeProcessTests {
        @Test func `an intake killed twice ends like one that was not disturbed`() async throws {
            let whole = try await SiteProcess(of: "north")
            _ = try await whole.succeed(["cohort", "build"])
            let expected = try await whole.succeed(["cohort", "freeze", "--json"])
            let killed = try await SiteProcess(of: "north", key: whole.key)
            for tenth in [2, 5] {
                let outcome = try await killed.run(["cohort", "build"]) { line, process in
                    let bar = line.prefix { $0 != "]" }
                    if bar.hasPrefix("["), bar.count(where: { $0 == "#" }) >= tenth * 24 / 10 {
                        kill(process, SIGKILL)
                    }
                }
                #expect(outcome.status == .signaled(SIGKILL))
                #expect(!outcome.words.contains("Another"), "the lock is given back by the kernel")
            }
            let before = try await killed.succeed(["intake", "series"]).split(separator: "\n")
            #expect(before.contains { $0.contains("\tverified\t") }, "some series were done")
            let last = try await killed.run(["cohort", "build"])
            #expect(last.status.isSuccess)
            let fingerprint = try Regex(#""fingerprint":"([0-9a-f]{64})""#)
            func hash(_ text: String) throws -> Substring? {
                try fingerprint.firstMatch(in: text)?[1].substring
            }
            let again = try await killed.succeed(["cohort", "freeze", "--json"])
            #expect(try hash(again) != nil)
            #expect(try hash(again) == hash(expected))
            let nothing = try await killed.run(["cohort", "build"])
            #expect(nothing.words.contains("nothing changed since the last intake"))
        }

        @Test func `a site's proofs: frozen, proved, reported, and refused once tampered with`()
            async throws
        {
            let site = try await SiteProcess(of: "south")
            _ = try await site.succeed(["cohort", "build"])
            let exams = try await site.succeed(["cohort", "show", "--exams"])
            let study = String(try #require(exams.split(separator: "\t").first))
            let frozen = try await site.succeed(["cohort", "freeze"])
            let fingerprint = String(
                try #require(frozen.split(whereSeparator: \.isWhitespace).last)
            )
            let proof = site.scratch("proof.json")
            try Data(try await site.succeed(["cohort", "prove", study]).utf8).write(to: proof)
            let check = ["cohort", "check", proof.path, "--fingerprint"]
            let shown = try await site.succeed(check + [fingerprint], inSite: false)
            #expect(shown.contains(study))
            let other = String(repeating: "0", count: 64)
            #expect(try await site.run(check + [other], inSite: false).status == .exited(1))

            let page = site.scratch("report.html")
            let report = ["deidentify", "report", site.folder.path, "--html", page.path]
            let text = try await site.succeed(report, inSite: false)
            #expect(text.contains("South Hospital") && text.contains("held back"))
            let html = try String(contentsOf: page, encoding: .utf8)
            for word in ["src=", "href=\"http", "@import", "url(", "<link", "<script"] {
                #expect(!html.contains(word), "the page has \(word)")
            }
            let manifest = site.folder.appending(path: "deidentified/\(study)/manifest.json")
            let content = try String(contentsOf: manifest, encoding: .utf8)
            try Data(content.replacing("kept", with: "kepT").utf8).write(to: manifest)
            let tampered = try await site.run(report, inSite: false)
            #expect(tampered.status == .exited(1))
            #expect(tampered.output.contains(study) && tampered.output.contains("NOT match"))
            let refused = try await site.run(["cohort", "freeze"])
            #expect(refused.status == .exited(77))
            #expect(refused.words.contains("manifest-tampered"))
            #expect(refused.words.contains("hint: `fedagent cohort build`"))
            _ = try await site.succeed(["cohort", "build"])
            _ = try await site.succeed(report, inSite: false)
            _ = try await site.succeed(["cohort", "freeze"])
        }

        @Test func `a crash leaves no dump of what was in memory`() async throws {
            let site = try await SiteProcess(of: "south")
            let limits = Mutex("")
            let outcome = try await site.run(["cohort", "build"]) { line, process in
                guard line.hasPrefix("[") else { return }
                let text = try? String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
                limits.withLock { $0 = text ?? $0 }
                kill(process, SIGSEGV)
            }
            #expect(outcome.status == .signaled(SIGSEGV))
            let core = limits.withLock { $0 }.split(separator: "\n")
                .first { $0.hasPrefix("Max core file size") }
            let sizes = core?.split(separator: " ").compactMap { Int($0) }
            #expect(sizes == [0, 0])
            #expect(!outcome.words.contains("hospital/dicom/"), "a crash report names files")
        }

        @Test func `bad input ends with its own status and says what to do`() async throws {
            let site = try await SiteProcess(of: "south")
            let nowhere = try await site.run(
                ["deidentify", "report", site.scratch("nowhere").path],
                inSite: false
            )
            #expect(nowhere.status == .exited(65))
            #expect(nowhere.words.contains("neither an output"))
            #expect(try await site.run(["cohort", "freeze"]).status == .exited(78))
            #expect(try await site.run(["cohort", "diff", "1", "2"]).status == .exited(65))
            let empty = try await site.succeed(
                ["deidentify", "report", site.folder.path],
                inSite: false
            )
            #expect(empty.contains("Nothing has been released"))
            try FileManager.default.removeItem(at: site.hospital)
            let gone = try await site.run(["cohort", "build"])
            #expect(gone.status == .exited(65) && gone.words.contains("hint:"))
        }
    }
}
