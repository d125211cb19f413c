/// The version of the coordinator's program.
enum Version {
    static let text = "0.1.0"
}
