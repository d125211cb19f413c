import Durability
package import Foundation
import Identity

/// What a machine says about itself.
package struct MachineFacts: Sendable {
    /// Bytes that the disk of a folder may still take; nil if that cannot be told.
    package var freeBytes: @Sendable (URL) -> Int?
    /// Bytes of memory that programs may still take; nil if that cannot be told.
    package var availableMemory: @Sendable () -> Int?
    /// Whether a time service sets the clock.
    package var isClockSynchronized: @Sendable () -> Bool

    /// Facts to be looked up each time.
    package init(
        freeBytes: @escaping @Sendable (URL) -> Int?,
        availableMemory: @escaping @Sendable () -> Int?,
        isClockSynchronized: @escaping @Sendable () -> Bool
    ) {
        self.freeBytes = freeBytes
        self.availableMemory = availableMemory
        self.isClockSynchronized = isClockSynchronized
    }

    /// Those of this machine.
    package static let current = MachineFacts(
        freeBytes: { DiskSpace.free(at: $0) },
        availableMemory: {
            let lines = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
            let line = lines.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
            let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            return kibibytes.map { $0 * 1024 }
        },
        isClockSynchronized: { ClockDiscipline.isSynchronized }
    )
}

/// What `fedagent doctor` asks of the machine: permissions, disk, memory, clock.
struct MachineCheck {
    let folder: SiteFolder
    let facts: MachineFacts

    func findings() -> [Finding] { [permissions, disk, memory, clock] }

    private var permissions: Finding {
        let secrets = [folder.deidentificationKey, folder.siteKey, folder.identity, folder.nextKey]
        let manager = FileManager.default
        let exposed = secrets.filter { secret in
            let mode = try? manager.attributesOfItem(atPath: secret.path)[.posixPermissions]
            return ((mode as? NSNumber)?.intValue ?? 0) & 0o077 != 0
        }
        guard exposed.isEmpty else {
            let paths = exposed.map(\.path).joined(separator: " ")
            return Finding(
                "permissions",
                .fail,
                "other users can read \(paths)",
                advice: "chmod 600 \(paths); if anybody else has an account here, ask for a new"
                    + " certificate"
            )
        }
        guard manager.isWritableFile(atPath: folder.root.path) else {
            return Finding(
                "permissions",
                .fail,
                "\(folder.root.path) cannot be written by this user",
                advice: "run fedagent as the user that made the folder"
            )
        }
        return Finding("permissions", .ok, "keys are readable by this user only")
    }

    private var disk: Finding {
        guard let free = facts.freeBytes(folder.root).map(Double.init) else {
            return Finding("disk", .warn, "the free space cannot be read")
        }
        let text = String(format: "%.1f GB free at %@", free / 1e9, folder.root.path)
        switch free / 1e9 {
        case ..<1:
            return Finding("disk", .fail, text, advice: "free at least 10 GB; training would stop")
        case ..<10:
            return Finding(
                "disk",
                .warn,
                text,
                advice: "models and de-identified copies want 10 GB"
            )
        default: return Finding("disk", .ok, text)
        }
    }

    private var memory: Finding {
        guard let available = facts.availableMemory().map(Double.init) else {
            return Finding("memory", .warn, "the free memory cannot be read")
        }
        let text = String(format: "%.1f GB available", available / 1e9)
        switch available / 1e9 {
        case ..<1:
            return Finding("memory", .fail, text, advice: "training needs 4 GB; end something")
        case ..<4: return Finding("memory", .warn, text, advice: "training is safe from 4 GB on")
        default: return Finding("memory", .ok, text)
        }
    }

    private var clock: Finding {
        facts.isClockSynchronized()
            ? Finding("clock", .ok, "set by a time service")
            : Finding(
                "clock",
                .warn,
                "no time service sets this machine's clock",
                advice: "turn NTP on (systemd-timesyncd or chrony); a difference of 5 minutes is"
                    + " refused"
            )
    }
}
