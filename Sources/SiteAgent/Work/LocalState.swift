package import Tensors

/// What a site brings into a round beside the global model.
package struct LocalState: Sendable {
    /// The tensors that the plan calls private, after the site's last round; nil before its first,
    /// which begins with those of the model.
    package var privateTensors: NamedTensors?
    /// The site's own control variate; nil before its first round that counted.
    package var control: NamedTensors?
    /// The federation's control variate; nil before the second round.
    package var federationControl: NamedTensors?

    /// Nothing, as before the first round.
    package init() {}
}
