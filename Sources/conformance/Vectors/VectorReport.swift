/// What became of every vector file.
struct VectorReport: Codable {
    /// How a file ended.
    enum Outcome: String, Codable {
        case pass
        case fail
        case unsupported
    }

    /// One file.
    struct File: Codable {
        var file: String
        var kind: String
        var result: Outcome
        var cases: Int
        var passed: Int
        var failed: Int
        /// The first failing case, or why the file was not run.
        var reason: String?
        /// Expected keys that this version does not compute.
        var keysNotCompared: [String]
    }

    var files: [File]
    var passed: Int
    var failed: Int
    var skipped: Int

    init(files: [File]) {
        self.files = files
        passed = files.count { $0.result == .pass }
        failed = files.count { $0.result == .fail }
        skipped = files.count { $0.result == .unsupported }
    }

    /// A line per file, its notes indented, the totals last.
    var text: String {
        var lines: [String] = []
        for file in files {
            let cases = "\(file.cases) case\(file.cases == 1 ? "" : "s")"
            switch file.result {
            case .pass: lines.append("pass         \(file.file)  \(cases)")
            case .fail:
                lines.append("fail         \(file.file)  \(file.failed) of \(cases) failed")
            case .unsupported: lines.append("unsupported  \(file.file)  \(cases)")
            }
            if let reason = file.reason { lines.append("               \(reason)") }
            if !file.keysNotCompared.isEmpty {
                let keys = file.keysNotCompared.joined(separator: ", ")
                lines.append("               not compared: \(keys)")
            }
        }
        lines.append("\(passed) passed, \(failed) failed, \(skipped) skipped")
        return lines.joined(separator: "\n") + "\n"
    }
}
