import Testing

/// The rules the sources live by, as far as a machine can see them.
@Suite struct TidyTests {
    @Test func `no file is longer than 600 lines`() throws {
        for file in try SourceFiles.below("Sources", suffix: ".swift")
        where !file.path.contains("/Generated/") {
            #expect(file.lines.count <= 600, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test(arguments: [
        "try!", "nonisolated(unsafe)", "Task.detached", "Thread.sleep", "fatalError(",
        "public func",
        "public struct", "print(\"DEBUG",
    ])
    func `no source uses what we do without`(words: String) throws {
        for file in try SourceFiles.below("Sources", suffix: ".swift") {
            for (index, line) in file.lines.enumerated() where line.contains(words) {
                Issue.record("\(file.path):\(index + 1) has \(words)")
            }
        }
    }

    @Test func `every package declaration has a doc comment`() throws {
        for file in try SourceFiles.below("Sources", suffix: ".swift")
        where !file.path.contains("/Generated/") {
            for (index, line) in file.lines.enumerated() where Self.isDeclaration(line) {
                let above = Self.lineAbove(index, in: file)
                #expect(
                    above.hasPrefix("///"),
                    "\(file.path):\(index + 1) has no doc comment"
                )
            }
        }
    }

    @Test func `only the egress of the agent and the pull from a PACS send`() throws {
        for file in try SourceFiles.below("Sources", suffix: ".swift")
        where file.lines.contains(where: { $0.contains("import AsyncHTTPClient") }) {
            let isEgress = file.path.hasPrefix("Sources/SiteAgent/Egress/")
            let isPull = file.path.hasPrefix("Sources/DICOMNetworking/Web/")
            let isComposition = file.path == "Sources/SiteAgent/Work/AgentService.swift"
            // Parties without images: the coordinator asks its identity provider, a person the coordinator.
            let isSignIn = [
                "Sources/CoordinatorServer/SignIn/ProviderKeys.swift",
                "Sources/PeopleClient/CoordinatorConnection.swift",
                "Sources/PeopleClient/SignInFlow.swift",
            ].contains(file.path)
            // Requests of a benchmark to a server of its own.
            let isMeasured = file.path == "Sources/benchmarks/Transfer/SignatureCost.swift"
            #expect(
                isEgress || isPull || isComposition || isSignIn || isMeasured,
                "\(file.path) can send"
            )
        }
    }

    @Test func `no program of the package arms a crash point`() throws {
        for file in try SourceFiles.below("Sources", suffix: ".swift") {
            for (index, line) in file.lines.enumerated() where line.contains("CrashPoint.arm(") {
                Issue.record("\(file.path):\(index + 1) can kill its own process")
            }
        }
    }

    private static func isDeclaration(_ line: Substring) -> Bool {
        let words = line.drop { $0 == " " }
        return words.hasPrefix("package ") && !words.hasPrefix("package import")
            && !words.hasPrefix("package extension") && !words.hasPrefix("package private(set)")
            && !isWitness(words)
    }

    /// Members that a protocol of the standard library documents.
    private static let witnesses = [
        "var description:", "static func <", "static func ==", "init(from ", "func encode(to ",
        "func hash(into ", "func makeIterator(", "var codingKey:", "init?(codingKey ", "init() {",
    ]

    private static func isWitness(_ declaration: Substring) -> Bool {
        witnesses.contains { declaration.hasPrefix("package \($0)") }
    }

    private static func lineAbove(_ index: Int, in file: SourceFiles.File) -> Substring {
        var above = index - 1
        while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
        return above >= 0 ? file.lines[above].drop { $0 == " " } : ""
    }
}
