import CanonicalJSON
import Foundation

/// Finds vector files and runs their cases.
enum VectorRunner {
    /// Runs a folder with its subfolders, or one file; throws when there is nothing to read.
    static func run(at url: URL) throws -> VectorReport {
        let files = try vectorFiles(at: url)
        guard !files.isEmpty else { throw CaseProblem("no .json file in \(url.path)") }
        return VectorReport(files: files.map { run($0.url, named: $0.name) })
    }

    private static func vectorFiles(at url: URL) throws -> [(url: URL, name: String)] {
        guard let isFolder = try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory else {
            throw CaseProblem("\(url.path) does not exist; give the folder that holds the vectors")
        }
        guard isFolder else { return [(url, url.lastPathComponent)] }
        let paths: [String]
        do {
            paths = try FileManager.default.subpathsOfDirectory(atPath: url.path)
        } catch {
            throw CaseProblem("\(url.path) cannot be listed; check its permissions")
        }
        return paths.filter { $0.hasSuffix(".json") }.sorted().map {
            (url.appending(path: $0), $0)
        }
    }

    private static func run(_ url: URL, named name: String) -> VectorReport.File {
        var report = VectorReport.File(
            file: name,
            kind: "",
            result: .fail,
            cases: 0,
            passed: 0,
            failed: 0,
            reason: nil,
            keysNotCompared: []
        )
        let file: GoldenFile
        do {
            file = try GoldenFile(url)
        } catch {
            report.reason = (error as? CaseProblem)?.message ?? "cannot be read"
            return report
        }
        report.kind = file.kind
        report.cases = file.cases.count
        guard let kind = VectorKind.named(file.kind) else {
            report.result = .unsupported
            report.reason = "this version does not compute \(file.kind)"
            return report
        }
        run(file, kind, &report)
        return report
    }

    private static func run(
        _ file: GoldenFile,
        _ kind: VectorKind,
        _ report: inout VectorReport.File
    ) {
        var unsupported: Set<String> = []
        for (index, item) in file.cases.enumerated() {
            var comparer = Comparer(tolerance: file.tolerance)
            var problem: String?
            do {
                comparer.compare(try kind.compute(item), try kind.expected(item), at: "")
                problem = comparer.firstDifference
                if comparer.compared == 0 { problem = "nothing in the case could be compared" }
            } catch {
                problem = (error as? CaseProblem)?.message ?? "the case cannot be run"
            }
            unsupported.formUnion(comparer.unsupported)
            if let problem {
                report.failed += 1
                let id = item["id"]?.stringValue ?? "number \(index + 1)"
                report.reason = report.reason ?? "case \(id): \(problem)"
            } else {
                report.passed += 1
            }
        }
        if file.cases.isEmpty { report.reason = "the file has no cases" }
        report.result = report.failed == 0 && !file.cases.isEmpty ? .pass : .fail
        report.keysNotCompared = unsupported.sorted()
    }
}
