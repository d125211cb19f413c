import ArgumentParser

/// Proves the program against vectors that other implementations computed.
@main
struct Conformance: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check this program against golden vectors.",
        discussion: """
            EXAMPLE
              conformance vectors golden/statistics

            EXIT STATUS
              0 no vector failed, 1 a vector failed, 64 usage, 66 nothing to read.
            """,
        subcommands: [VectorsCommand.self, WireCommand.self]
    )
}
