import HeadCT
package import NeuralNetwork
package import Tensors

/// The slices of a site's training exams that can be learnt from.
package struct TrainingSet: Sendable {
    /// A slice of an exam.
    package struct Place: Sendable, Hashable {
        /// The exam's index.
        package let exam: Int
        /// The slice of its volume.
        package let z: Int
    }

    /// The exams, ascending by id.
    package let exams: [TrainingExam]
    /// Slices known to show haemorrhage.
    package let positives: [Place]
    /// Slices known to show none.
    package let negatives: [Place]

    /// Lists the slices for which something is known.
    ///
    /// - Throws: ``TrainingError`` `no-examples`.
    package init(exams: [TrainingExam]) throws(TrainingError) {
        self.exams = exams.sorted { $0.id < $1.id }
        var positives: [Place] = []
        var negatives: [Place] = []
        for (index, exam) in self.exams.enumerated() {
            for z in exam.volume.validSlices {
                guard let any = exam.targets(at: z)?[0] else { continue }
                let place = Place(exam: index, z: z)
                if any > 0.5 { positives.append(place) } else { negatives.append(place) }
            }
        }
        guard !positives.isEmpty || !negatives.isEmpty else {
            throw TrainingError(
                .noExamples,
                "no training slice has a label or a mask; check `fedagent cohort show`"
            )
        }
        self.positives = positives
        self.negatives = negatives
    }

    /// The number of slices: the weight of the site in federated averaging.
    package var count: Int { positives.count + negatives.count }

    /// Training exams with haemorrhage.
    package var positiveExams: Int { exams.count { $0.isPositive == true } }

    /// Draws a slice: a positive one with the given probability where both kinds exist, else any.
    package func draw(
        positiveFraction: Double?,
        using generator: inout SeededGenerator
    ) -> Place {
        guard let fraction = positiveFraction, !positives.isEmpty, !negatives.isEmpty else {
            let index = generator.nextIndex(below: count)
            return index < positives.count ? positives[index] : negatives[index - positives.count]
        }
        let pool = generator.nextUniform() < fraction ? positives : negatives
        return pool[generator.nextIndex(below: pool.count)]
    }

    /// The network's example of a slice, changed by the augmentation.
    package func example(
        at place: Place,
        augmentation: SlabAugmentation,
        using generator: inout SeededGenerator
    ) -> TrainingExample {
        let exam = exams[place.exam]
        let change = augmentation.draw(using: &generator)
        let slab = change.apply(to: exam, at: place.z, using: &generator)
        let targets = exam.targets(at: place.z) ?? []
        return TrainingExample(input: slab.input, mask: slab.mask, labels: targets)
    }
}
