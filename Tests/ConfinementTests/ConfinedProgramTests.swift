import Confinement
import Foundation
import Testing

/// Programs of Debian, run as the reader of burned-in text is.
@Suite struct ConfinedProgramTests {
    static let limits = ConfinementLimits(
        addressSpaceBytes: 512 << 20,
        cpuSeconds: 5,
        outputBytes: 4 << 20,
        duration: .seconds(20)
    )

    static func shell(
        _ script: String,
        writable: [String] = [],
        limits: ConfinementLimits = limits
    ) -> ConfinedProgram {
        ConfinedProgram(
            path: "/bin/bash",
            arguments: ["--norc", "-c", script],
            environment: ["PATH": "/usr/bin:/bin"],
            limits: limits,
            writable: writable
        )
    }

    static func failure(_ program: ConfinedProgram, input: [UInt8] = []) -> ConfinementError? {
        do throws(ConfinementError) {
            _ = try program.run(input: input)
            return nil
        } catch { return error }
    }

    @Test(arguments: [0, 1, 1 << 12, 3_000_000])
    func `a program reads its input and gives its output`(count: Int) throws {
        let input = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let program = ConfinedProgram(path: "/bin/cat", limits: Self.limits)
        #expect(try program.run(input: input) == input)
    }

    @Test func `a program need not read its input to the end`() throws {
        let output = try Self.shell("head -c 3").run(input: [UInt8](repeating: 65, count: 1 << 20))
        #expect(output == [65, 65, 65])
    }

    @Test func `the kernel of this machine applies every measure`() throws {
        let measures = try ConfinedProgram(path: "/bin/cat", limits: Self.limits).measures()
        #expect(measures == .all, "\(measures.missingSentences)")
        #expect(measures.missingSentences.isEmpty)
        #expect(ConfinementMeasures().missingSentences.count == 4)
    }

    @Test func `a program gets no variable and no descriptor of ours`() throws {
        let output = try Self.shell(
            "export; for f in 3 4 5 6 7 8 9 10 11 12; do "
                + "(true <&$f) 2>/dev/null && echo open $f; done; true"
        ).run()
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains("PATH="))
        #expect(!text.contains("HOME=") && !text.contains("open "), "\(text)")
    }

    @Test func `files outside the folders named are closed`() throws {
        #expect(Self.failure(Self.shell("read -r line < /etc/passwd"))?.code == .ended)
        #expect(Self.failure(Self.shell("cd /root && ls"))?.code == .ended)
        #expect(Self.failure(Self.shell("cat /proc/1/environ"))?.code == .ended)
        #expect(try Self.shell("test -r /usr/bin/env && echo yes").run() == Array("yes\n".utf8))
    }

    @Test func `only a folder that is writable is written`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "confined-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = "mkdir \(folder.path)/a && rmdir \(folder.path)/a && : > \(folder.path)/b"
        #expect(Self.failure(Self.shell(script))?.code == .ended)
        #expect(try Self.shell(script, writable: [folder.path]).run().isEmpty)
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "b").path))
        #expect(
            Self.failure(Self.shell(": > /tmp/confined-outside", writable: [folder.path])) != nil
        )
    }

    @Test func `no socket can be made`() throws {
        let python =
            "import socket\\ntry: socket.socket()\\nexcept PermissionError: print('refused')"
        let output = try Self.shell("printf \"\(python)\" | exec python3 -I -").run()
        #expect(output == Array("refused\n".utf8))
    }

    @Test func `what takes too long is ended`() {
        var limits = Self.limits
        limits.duration = .milliseconds(300)
        let start = ContinuousClock.now
        let error = Self.failure(
            Self.shell("while read -r x; do :; done; while :; do :; done", limits: limits)
        )
        #expect(error?.code == .timeLimit)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `processor time is bounded`() {
        var limits = Self.limits
        limits.cpuSeconds = 1
        let error = Self.failure(Self.shell("while :; do :; done", limits: limits))
        #expect(error?.code == .ended)
        #expect(error?.detail.contains("processor time") == true, "\(String(describing: error))")
    }

    @Test func `memory is bounded`() {
        var limits = Self.limits
        limits.addressSpaceBytes = 128 << 20
        let error = Self.failure(
            Self.shell("x=x; while :; do x=$x$x; done", limits: limits)
        )
        #expect(error?.code == .ended)
    }

    @Test func `output is bounded`() {
        let error = Self.failure(Self.shell("while :; do echo yes; done"))
        #expect(error?.code == .outputLimit)
    }

    @Test func `a failure names how the program ended, a missing one why it did not start`() {
        #expect(Self.failure(Self.shell("exit 3"))?.ending == .exit(3))
        #expect(Self.failure(Self.shell("kill -SEGV $BASHPID"))?.ending != nil)
        let missing = ConfinedProgram(path: "/usr/bin/no-such-program", limits: Self.limits)
        let error = Self.failure(missing)
        #expect(error?.code == .notStarted)
        #expect(error?.detail.contains("/usr/bin/no-such-program") == true)
    }
}
