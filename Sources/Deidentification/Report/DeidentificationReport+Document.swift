extension DeidentificationReport {
    /// The report for programs: counts, rules and reasons, no value of a header but technical ones.
    package struct Document: Hashable, Sendable, Codable {
        /// What was done to headers: an action, and how often to which attribute.
        package struct Action: Hashable, Sendable, Codable {
            /// What was done.
            package let action: ActionCount.Action
            /// Attributes by tag, in all images together.
            package let attributes: [String: Int]
        }

        /// Rules in force.
        package struct Rules: Hashable, Sendable, Codable {
            /// The profile.
            package let profile: DeidentificationProfile
            /// The digest of its rules and tables.
            package let digest: String
            /// The program that applied them.
            package let tool: String
            /// Studies de-identified by them.
            package let studies: Int
        }

        /// What became of faces, in series.
        package struct Faces: Hashable, Sendable, Codable {
            /// Face and ears removed.
            package let removed: Int
            /// All but the brain removed.
            package let brainOnly: Int
            /// The face lies outside the scan.
            package let noFaceInScan: Int
            /// Too few slices to show a face.
            package let noSurface: Int
            /// Held back, as removal was not certain.
            package let heldBack: Int
            /// Volumes removed in mL, ascending.
            package let removedML: [Double]
            /// Least distances from the old surface in mm by part, ascending.
            package let distancesMM: [String: [Double]]
        }

        /// What was done about writing, in pictures.
        package struct Text: Hashable, Sendable, Codable {
            /// Pictures searched.
            package let searched: Int
            /// Pictures with something like writing.
            package let found: Int
            /// Pictures in which writing was blanked.
            package let blanked: Int
            /// Bands blanked.
            package let blankedBands: Int
            /// Pictures held back for writing.
            package let heldBack: Int
            /// The second readers, ascending.
            package let secondReaders: [String]
        }

        /// A study that matches its manifest.
        package struct Study: Hashable, Sendable, Codable {
            /// The new Study Instance UID.
            package let study: String
            /// The pseudonym.
            package let patient: String
            /// Images released.
            package let images: Int
            /// The Merkle root of the manifest.
            package let root: String
        }

        /// The form of this document.
        package let format: String
        /// Whose data it is about.
        package let subject: Subject
        /// Images released.
        package let images: Int
        /// Patients.
        package let patients: Int
        /// Files held back.
        package let heldBack: Int
        /// Files that wait for the rest of their series.
        package let waiting: Int
        /// Whether every study matches its signed manifest.
        package let isIntact: Bool
        /// Studies that do not match.
        package let damaged: [Damage]
        /// The rules.
        package let rules: [Rules]
        /// What was done to headers.
        package let actions: [Action]
        /// What was done about faces.
        package let faces: Faces
        /// What was done about writing.
        package let text: Text
        /// What was held back, most often first.
        package let quarantine: [Tally]
        /// The checks that every released image passed.
        package let checks: [String]
        /// Headers before and after, values masked.
        package let samples: [[HeaderChange]]
        /// Every study, ascending.
        package let studies: [Study]
    }

    /// The report for programs.
    package var document: Document {
        Document(
            format: "federated-head-ct/deidentification-report/1",
            subject: subject,
            images: figures.images,
            patients: figures.patients,
            heldBack: heldBack,
            waiting: waiting,
            isIntact: damaged.isEmpty,
            damaged: damaged,
            rules: rules.map {
                Document.Rules(
                    profile: $0.profile,
                    digest: $0.digest,
                    tool: $0.tool,
                    studies: $0.studies
                )
            },
            actions: figures.attributes.filter { $0.total > 0 }.map { group in
                Document.Action(
                    action: group.action,
                    attributes: Dictionary(group.counts.map { ($0.tag, $0.count) }) { $0 + $1 }
                )
            },
            faces: Document.Faces(figures.faces),
            text: Document.Text(figures.text),
            quarantine: quarantine,
            checks: checks,
            samples: samples,
            studies: manifests.map {
                Document.Study(
                    study: $0.studyInstanceUID,
                    patient: $0.patient,
                    images: $0.files.count,
                    root: $0.root
                )
            }
        )
    }
}

extension DeidentificationReport.Document.Faces {
    fileprivate init(_ faces: ReportFigures.Faces) {
        self.init(
            removed: faces.removed,
            brainOnly: faces.brainOnly,
            noFaceInScan: faces.noFaceInScan,
            noSurface: faces.noSurface,
            heldBack: faces.refused,
            removedML: faces.removedML,
            distancesMM: Dictionary(
                faces.distancesMM.map { ($0.key.rawValue, $0.value) }
            ) { first, _ in first }
        )
    }
}

extension DeidentificationReport.Document.Text {
    fileprivate init(_ text: ReportFigures.Text) {
        self.init(
            searched: text.searched,
            found: text.found,
            blanked: text.blanked,
            blankedBands: text.blankedBands,
            heldBack: text.heldBack,
            secondReaders: text.secondReaders.sorted()
        )
    }
}
