import Federation

extension Coordinator {
    /// Takes away the deltas of a closed round: the model has them, and one site's update alone is
    /// nothing to keep.
    func retire(_ deltas: [SHA256Digest]) {
        let needed = runs.values.reduce(into: Set<SHA256Digest>()) { needed, run in
            needed.insert(run.initialModel)
            guard let machine = run.machine else { return }
            needed.insert(machine.model)
            for site in run.asked {
                // Two runs of one plan may have counted the same bytes.
                if case .counted(let digest) = machine.standing(of: site, round: machine.round) {
                    needed.insert(digest)
                }
            }
        }
        let retired = Set(deltas).subtracting(needed).sorted()
        let blobs = blobs
        TransferThreads.begin { for digest in retired { blobs.retire(digest) } }
    }
}
