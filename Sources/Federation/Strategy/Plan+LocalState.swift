extension Plan {
    /// The tensors that never leave a site.
    package var privateTensors: PrivateTensors {
        PrivateTensors(patterns: aggregation.privateTensors ?? [])
    }

    /// Whether sites correct their steps by control variates, which they keep from round to round.
    package var hasControlVariates: Bool { aggregation.strategy == .scaffold }
}
