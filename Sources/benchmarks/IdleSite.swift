import CoordinatorServer
import Federation
import Foundation

/// A site as its admin sets it up, with the program `fedagent`.
struct IdleSite {
    let program: URL
    let folder: URL

    private static let id = "waiting"
    private static let profile = """
        id: waiting
        name: Waiting site
        source:
          kind: simulated
          simulation:
            exams: 4
            prevalence: 0.5
            postoperativeFraction: 0
            hardwareFraction: 0
            ageYears: [40, 80]
            types: {epidural: 0.5, subdural: 0.5}
            secondTypeFraction: 0
            volumeEdgesML: [5, 25]
            volumeMix: [0, 1, 0]
            bloodHU: [54, 70]
            isodenseFraction: 0
            calcificationFactor: 1
            scanner:
              manufacturer: Phantom
              model: Phantom
              kernel: medium
              kernelName: H30s
              sliceThicknessMM: 5
              matrix: 128
              fieldOfViewMM: 240
              tubeVoltageKV: 120
              exposureMAS: 300
              offsetHU: 0
              greyWhiteContrastHU: 9
              tiltDegrees: [0, 0]
            identities: western
            folders: media
            labels: plain-csv
            masks: png
        labels: {format: plain-csv, path: labels}
        masks: {format: png, path: masks}
        deidentification: {faces: keep}
        disclosure: {minimumCell: 3, minimumPositives: 1, minimumNegatives: 1}
        approval: {mode: manual}

        """

    /// Makes and enrols the site, and begins `fedagent serve`.
    func serve(in federation: BenchmarkFederation, enrolmentPort: Int) async throws -> Process {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchmarkFailure(
                "\(program.path) is not there: build it, or name it with --fedagent"
            )
        }
        let profile = folder.appendingPathExtension("yaml")
        try Data(Self.profile.utf8).write(to: profile)
        for arguments in [
            ["init", "--profile", profile.path], ["source", "simulate", "--seed", "1"],
            ["cohort", "build"],
        ] { try finish(try launch(arguments)) }
        let id = try SiteID(validating: Self.id)
        let invite = try await federation.operations.invite(
            id,
            name: Self.id,
            enrolmentPort: enrolmentPort,
            at: Date()
        )
        let enrolling = try launch(["enroll", "\(invite)"])
        try await federation.waitUntilEnrolled([id], [])
        try finish(enrolling)
        return try launch(["serve"])
    }

    private func finish(_ process: Process) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkFailure("fedagent \(process.arguments ?? []) failed")
        }
    }

    private func launch(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments + ["--directory", folder.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.standardError
        try process.run()
        return process
    }
}
