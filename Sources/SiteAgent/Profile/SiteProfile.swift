package import Evaluation
package import HeadCT

/// A site as its admin describes it in `site.yaml`: where images, labels and masks are, and what may leave.
package struct SiteProfile: Sendable, Hashable, Codable {
    /// Where the images come from.
    package struct Source: Sendable, Hashable, Codable {
        /// The kinds of source.
        package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
            case folder
            case simulated
            /// Images come over the network only.
            case network
        }

        /// The kind.
        package var kind: Kind
        /// The folder of DICOM files, for `folder`; relative paths begin at the data folder.
        package var path: String?
        /// What to simulate, for `simulated`.
        package var simulation: SimulatedHospital?
        /// The PACS that images are fetched from; nil where there is none.
        package var dicomweb: DICOMWeb?
        /// Who sends images by C-STORE, and where to; nil where nobody does.
        package var receiver: Receiver?
    }

    /// Where labels are and in which format.
    package struct Labels: Sendable, Hashable, Codable {
        /// The format.
        package var format: LabelFormat
        /// The file, or the folder where a format has several files.
        package var path: String
    }

    /// Where masks are and in which format.
    package struct Masks: Sendable, Hashable, Codable {
        /// The format.
        package var format: MaskFormat
        /// The folder.
        package var path: String
    }

    /// How images are de-identified.
    package struct Deidentification: Sendable, Hashable, Codable {
        /// What becomes of faces.
        package enum Faces: String, Sendable, Hashable, Codable, CaseIterable {
            /// Faces and ears are removed.
            case remove
            /// Faces stay; for phantoms and images without any.
            case keep
            /// All but the contents of the skull is removed.
            case brainOnly = "brain-only"
        }

        /// What becomes of faces; nil as the profile says, which without a file is removal.
        package var faces: Faces?
        /// A file with a profile of de-identification; nil for the training profile.
        package var profile: String?
    }

    /// The smallest numbers that leave the site.
    package struct Disclosure: Sendable, Hashable, Codable {
        /// Counts below this, but not zero, are withheld.
        package var minimumCell: Int
        /// Fewer positives withhold AUROC.
        package var minimumPositives: Int
        /// Fewer negatives withhold AUROC.
        package var minimumNegatives: Int

        /// As the statistics take it.
        package var policy: DisclosurePolicy {
            var policy = DisclosurePolicy.standard
            policy.minimumCell = minimumCell
            policy.minimumPositives = minimumPositives
            policy.minimumNegatives = minimumNegatives
            policy.minimumCases = minimumCell
            return policy
        }
    }

    /// The id proposed for the federation.
    package var id: String
    /// The name for people.
    package var name: String
    /// Where the images come from.
    package var source: Source
    /// Where labels are; nil where there are none.
    package var labels: Labels?
    /// Where masks are; nil where there are none.
    package var masks: Masks?
    /// How images are de-identified; nil for the training profile.
    package var deidentification: Deidentification?
    /// Certificates (PEM) of those who may learn who a de-identified copy is of; nil for nobody.
    package var recipients: [String]?
    /// The smallest numbers that leave.
    package var disclosure: Disclosure
    /// Who decides on plans.
    package var approval: ApprovalPolicy
    /// How models and updates move; nil for at once.
    package var transfer: Transfer?
    /// When the machine trains; nil for always.
    package var training: Training?
    /// The time zone of `transfer.hours` and `training.hours`; nil for the machine's.
    package var timeZone: String?
}
