package import ArgumentParser
import AuditLog
import AuditedDatabase

/// `audit witnesses`: the same in both programs.
package struct AuditWitnessesCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "witnesses",
            abstract: "Who witnesses whom: what was seen of each log, what of ours they cosigned.",
            discussion: "An ALARM stays until the party's history is the one seen, or is forgotten."
        )
    }

    struct Line: Encodable {
        let party: String
        let seen: Int64?
        let seenMilliseconds: Int64?
        let cosigned: Int64
        let alarm: String?
    }

    @OptionGroup var folder: Folder

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let parties = try await folder.auditedStore().witnessedParties()
            if parties.isEmpty { Output.say("no checkpoint was exchanged yet") }
            for party in parties {
                let line = Line(
                    party: party.party,
                    seen: party.logKey == nil ? nil : party.checkpoint?.size,
                    seenMilliseconds: party.noteMilliseconds,
                    cosigned: party.cosigned,
                    alarm: party.refusal
                )
                if folder.json { try Output.json(line) } else { Output.line(Self.text(line)) }
            }
        }
    }

    private static func text(_ line: Line) -> String {
        let time = line.seenMilliseconds.map { CivilTime.text(milliseconds: $0) } ?? "never"
        let seen = line.seen.map { "log seen to record \($0)" } ?? "known as a witness"
        let words = [
            line.party, seen, time,
            line.cosigned > 0 ? "cosigned to record \(line.cosigned)" : "nothing cosigned yet",
        ]
        return (words + (line.alarm.map { ["ALARM \($0)"] } ?? [])).joined(separator: "\t")
    }
}
