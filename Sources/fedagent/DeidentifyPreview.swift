import ArgumentParser
import Deidentification
import Foundation
import SiteAgent

extension DeidentifyCommand {
    /// `fedagent deidentify preview`.
    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what would become of a file's header or a series' pixels.",
            discussion: """
                Changes nothing. Values of the header that would not come through unchanged are not
                shown, only their kind. With --pictures, for each series the skin before (above)
                and after (below), and the slices whose text would be blanked: as PNG, and as
                recognizable as the scan.

                Exit status: 0 all would be released, 65 something would be held back.
                """
        )

        @Argument(help: "A file, or the folder of one or more series.", completion: .file())
        var input: String
        @Option(help: "A profile: name, options, selection and faces.", completion: .file())
        var profile: String?
        @Flag(help: "Leave faces as they are.") var keepFaces = false
        @Option(help: "The folder to write pictures to.", completion: .directory)
        var pictures: String?
        @OptionGroup var keys: DeidentifyKeyOptions
        @Flag(help: "Write the changes as JSON.") var json = false

        func run() async throws {
            try await reporting {
                let preview = FolderPreview(
                    deidentifier: SeriesDeidentifier(
                        profile: try ProfileFile.read(profile, keepsFaces: keepFaces),
                        key: try keys.loadOrTemporary(),
                        toolVersion: FolderRun.tool,
                        decoder: try PixelDecoding.confined(),
                        reader: TesseractReader()
                    )
                )
                let series = try await preview.series(at: URL(filePath: input))
                for one in series {
                    if json { try Terminal.printJSON(one.changes) } else { print(one.text) }
                }
                if let pictures {
                    let folder = URL(filePath: pictures, directoryHint: .isDirectory)
                    for path in try preview.write(series, to: folder) { Terminal.say(path) }
                }
                let heldBack = series.reduce(0) { $0 + $1.report.files - $1.report.released }
                if heldBack > 0 {
                    throw AgentError(.badInput, "\(heldBack) file(s) would be held back")
                }
            }
        }
    }
}
