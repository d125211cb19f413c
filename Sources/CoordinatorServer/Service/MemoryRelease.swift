import ProcessResources
import ServiceLifecycle

/// Gives back every half minute what the coordinator does not use, so that one that waits is small.
struct MemoryRelease: Service {
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                guard (try? await Task.sleep(for: .seconds(30))) != nil else { return }
                try? await BlockingThreads.run { ProcessMemory.releaseUnused() }
            }
        }
    }
}
