import DICOM
import Glibc

/// What a codec that a hostile file has taken over might try.
enum Misbehaviour: String {
    case crash, loop, deepen, exhaust, nonsense, leave
    case openFile = "open-file"
    case openSocket = "open-socket"
    case startProcess = "start-process"
    case startThread = "start-thread"
    case mapCode = "map-code"
    case killParent = "kill-parent"
    case writeFile = "write-file"
    case die

    /// Does it; what is forbidden ends the process and does not return.
    func perform() throws(DICOMError) {
        switch self {
        case .crash: unsafe UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case .loop: while time(nil) != 0 {}
        case .deepen: print(depth(of: 1))
        case .exhaust: takeMemory()
        case .nonsense:
            _ = unsafe "\u{7F}\u{7F}\u{7F}\u{7F}hello".withCString { unsafe write(1, $0, 9) }
        case .leave: _exit(0)
        case .openFile: _ = unsafe open("/etc/hostname", O_RDONLY)
        case .writeFile:
            _ = unsafe open("/tmp/confinement-probe-was-here", O_CREAT | O_WRONLY, 0o600)
        case .openSocket: _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        case .startProcess:
            var process = pid_t()
            _ = unsafe posix_spawn(&process, "/bin/true", nil, nil, [nil], [nil])
        case .startThread:
            var thread = pthread_t()
            _ = unsafe pthread_create(&thread, nil, { _ in nil }, nil)
        case .mapCode:
            _ = unsafe mmap(nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        case .killParent: _ = kill(getppid(), SIGTERM)
        case .die: _ = raise(SIGKILL)
        }
    }

    /// Not optimized: a recursion that became a loop would end by itself.
    @_optimize(none)
    private func depth(of level: Int) -> Int {
        level < 0 ? 0 : 1 &+ depth(of: level &+ 1)
    }

    private func takeMemory() {
        var blocks: [[UInt8]] = []
        while true { blocks.append([UInt8](repeating: UInt8(blocks.count & 255), count: 16 << 20)) }
    }
}
