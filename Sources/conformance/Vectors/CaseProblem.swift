/// Why a vector file or case cannot be run.
struct CaseProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
