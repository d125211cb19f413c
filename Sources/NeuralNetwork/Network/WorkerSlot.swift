/// What one worker thread keeps between calls.
final class WorkerSlot: @unchecked Sendable {
    // SAFETY: only the worker thread of the same number touches it; the pool hands each thread its
    // own, and the network's lock lets one call in at a time.
    private var instance: NetworkInstance?

    /// The worker's network for a size, built when the size changes.
    func instance(
        height: Int,
        width: Int,
        _ build: () throws(NeuralNetworkError) -> NetworkInstance
    ) throws(NeuralNetworkError) -> NetworkInstance {
        if let instance, instance.height == height, instance.width == width { return instance }
        instance = nil
        let built = try build()
        instance = built
        return built
    }

    /// Frees the network on the thread that made it, as oneDNN's scratch memory asks.
    func clear() { instance = nil }
}
