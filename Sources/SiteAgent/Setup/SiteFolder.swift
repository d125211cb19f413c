import Federation
package import Foundation

/// Where everything of a site lies on disk.
package struct SiteFolder: Sendable {
    /// The folder.
    package let root: URL

    /// Names the folder; nothing is made.
    package init(_ root: URL) { self.root = root }

    /// The site's description, as `fedagent init` took it over.
    package var profile: URL { root.appending(path: "site.yaml") }
    /// What may leave, as the site alone says it.
    package var policy: URL { root.appending(path: "policy.yaml") }
    /// The secret behind pseudonyms, UIDs and date shifts; never leaves the site.
    package var deidentificationKey: URL { root.appending(path: "keys/deidentification.key") }
    /// The key that signs the reports of de-identification.
    package var siteKey: URL { root.appending(path: "keys/site-key.pem") }
    /// The secret that signs the site's audit log, apart from the key of its certificate.
    package var auditKey: URL { root.appending(path: "keys/audit.key") }
    /// The site's certificate chain and its key.
    package var identity: URL { root.appending(path: "keys/identity.pem") }
    /// The key that a certificate is asked for, until it is issued.
    package var nextKey: URL { root.appending(path: "keys/next-key.pem") }
    /// The federation's root.
    package var federationRoot: URL { root.appending(path: "keys/federation-root.pem") }
    /// Where the coordinator is, written by `fedagent enroll`.
    package var enrolment: URL { root.appending(path: "enrolment.yaml") }
    /// The database.
    package var database: URL { root.appending(path: "site.sqlite") }
    /// How the clocks of site and coordinator compared when they last did.
    var clocks: URL { root.appending(path: "clocks.json") }
    /// Held by the one process that works on the folder.
    package var lock: URL { root.appending(path: "fedagent.lock") }
    /// Held by the one process that fetches images.
    package var pullLock: URL { root.appending(path: "pull.lock") }
    /// De-identified slices, one folder an exam.
    package var deidentified: URL { root.appending(path: "deidentified") }
    /// What the exams of the latest frozen cohort are made of, by digest.
    package var frozen: URL { root.appending(path: "frozen") }
    /// Objects that came over the network, until the intake has read them.
    package var inbox: URL { root.appending(path: "inbox") }
    /// Global models and the local baseline.
    package var models: URL { root.appending(path: "models") }
    /// Deltas on their way out.
    package var outbox: URL { root.appending(path: "outbox") }
    /// Weights that stay here from round to round: control variates and private tensors.
    package var trainingState: URL { root.appending(path: "state") }
    /// Where training under way can go on after a crash.
    package var checkpoint: URL { outbox.appending(path: "training.checkpoint") }
    /// The rounds of the local-only baseline that are done.
    var baselineProgress: URL { models.appending(path: "baseline.safetensors") }
    /// A simulated hospital's export, for sites whose source is a simulation.
    package var simulatedHospital: URL { root.appending(path: "hospital") }

    /// A delta on its way out.
    func delta(_ digest: SHA256Digest) -> URL {
        outbox.appending(path: "\(digest.rawValue).safetensors")
    }

    /// Weights that stay here.
    func trainingState(_ digest: SHA256Digest) -> URL {
        trainingState.appending(path: "\(digest.rawValue).safetensors")
    }

    /// The folder of an exam's de-identified slices and masks.
    package func exam(_ studyUID: String) -> URL { deidentified.appending(path: studyUID) }
}
