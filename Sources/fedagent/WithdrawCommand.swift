import ArgumentParser
import Deidentification
import Foundation
import SiteAgent
import SiteStore

extension CohortCommand {
    /// `fedagent cohort withdraw`.
    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a patient out for good and list every round that used their exams.",
            discussion: """
                The de-identified copies are removed, the next cohort version is without the
                patient, and later intakes refuse their files. What was learnt in past rounds stays
                in the models: the rounds listed are what to talk about with the coordinator.

                  fedagent cohort withdraw --patient PKKGV5VXLVNKG39MK
                  fedagent cohort withdraw --original-id     (asks for the hospital's Patient ID)

                Exit status: 0 withdrawn, 65 there is no such patient, 75 another fedagent works on
                the folder (stop `fedagent serve` first).
                """
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "The patient's pseudonym.")
        var patient: String?
        @Flag(help: "Ask for the hospital's Patient ID instead; it is not kept anywhere.")
        var originalID = false
        @Option(help: "The Issuer of Patient ID, where the images have one.")
        var issuer = ""

        func validate() throws {
            guard (patient != nil) != originalID else {
                throw ValidationError("name the patient by --patient or by --original-id")
            }
        }

        func run() async throws {
            try await reporting {
                let store = try options.store()
                let done = try await CohortRegister(store: store, folder: options.folder)
                    .withdraw(patient: try pseudonym())
                let report = WithdrawalReport(done)
                try options.show(report, as: report.text)
            }
        }

        private func pseudonym() throws -> String {
            if let patient { return patient }
            if isatty(STDIN_FILENO) == 1 { Terminal.say("Patient ID, as in the images:") }
            guard let id = readLine(), !id.isEmpty else {
                throw AgentError(.badInput, "no Patient ID was given")
            }
            let key = try SiteSetup.deidentificationKey(of: options.folder)
            return IdentifierMap(key: key).pseudonym(patientID: id, issuer: issuer)
        }
    }
}

/// What a withdrawal did, for people and programs.
struct WithdrawalReport: Encodable {
    let exams: Int
    let version: Int?
    let rounds: [RoundStart]

    init(_ withdrawal: CohortRegister.Withdrawal) {
        exams = withdrawal.exams
        version = withdrawal.cohort?.version
        rounds = withdrawal.rounds
    }

    var text: String {
        var lines = ["\(exams) exams left the catalogue, their copies are removed"]
        lines.append(
            version.map { "cohort version \($0) is without the patient" }
                ?? "no frozen cohort held the patient"
        )
        lines.append(rounds.isEmpty ? "no round used them" : "rounds that used them:")
        lines += rounds.map { round in
            "  \(Terminal.time(round.milliseconds))\t\(round.run)\tround \(round.number)"
                + "\tcohort \(round.cohort ?? 0)\tplan \(round.plan.prefix(12))"
                + "\tmodel \(round.modelSHA256.prefix(12))"
        }
        return lines.joined(separator: "\n")
    }
}
