import Foundation

/// What the kernel says a process has used.
struct ProcessFigures {
    /// User and system time since it began.
    let cpuSeconds: Double

    /// The high-water mark of its resident memory.
    let peakMiB: Double

    /// Its resident memory now, with the pages of programs and libraries that it shares.
    let residentMiB: Double

    /// What of that is its own: not read from a file.
    let ownMiB: Double

    /// Reads the figures of a child that is still running.
    init(of process: Process) throws { try self.init("\(process.processIdentifier)") }

    /// Reads this process's own figures.
    static func own() throws -> ProcessFigures { try ProcessFigures("self") }

    private init(_ name: String) throws {
        let stat = try String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)
        // The command's name, in brackets, may hold blanks; the fields after it do not.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).reduce(0) { $0 + (Double($1) ?? .nan) }
        cpuSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        let status = try String(contentsOfFile: "/proc/\(name)/status", encoding: .utf8)
        let figure = { (name: String) in
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
            let fields = line?.split(whereSeparator: { $0 == " " || $0 == "\t" })
            return (fields?.dropFirst().first.flatMap { Double($0) } ?? .nan) / 1024
        }
        peakMiB = figure("VmHWM:")
        residentMiB = figure("VmRSS:")
        ownMiB = figure("RssAnon:")
    }
}
