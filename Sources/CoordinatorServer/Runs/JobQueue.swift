/// Jobs for the driver, in the order in which they were added.
struct JobQueue<Job: Sendable>: Sendable {
    /// The jobs; ends with the error of ``fail(_:)``.
    let stream: AsyncThrowingStream<Job, any Error>
    private let continuation: AsyncThrowingStream<Job, any Error>.Continuation

    init() { (stream, continuation) = AsyncThrowingStream.makeStream() }

    /// Adds a job.
    func add(_ job: Job) { continuation.yield(job) }

    /// Ends the jobs: whoever does them ends too.
    func fail(_ error: any Error) { continuation.finish(throwing: error) }
}
