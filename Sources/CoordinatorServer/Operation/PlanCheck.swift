import CanonicalJSON
package import Federation
import Foundation
import NeuralNetwork
package import Tensors

/// Everything about a plan that can be checked before a site is asked: its sections, its model, and that they fit.
package struct PlanCheck: Sendable {
    /// The plan.
    package let plan: Plan
    /// The model that every site starts from, made from the plan's seed.
    package let initial: NamedTensors

    /// Reads a plan file and makes its initial model.
    ///
    /// - Throws: `PlanError` with every problem of the plan, or of its model section.
    package init(yaml text: String) throws {
        plan = try Plan.parse(yaml: text)
        let model = try Self.model(of: plan)
        let input = model.inputShape
        let problems = plan.modelInputProblems(
            channels: input.channels,
            depth: input.depth,
            sizeMultiple: model.sizeMultiple
        )
        guard problems.isEmpty else { throw PlanError(problems: problems) }
        initial = try model.initialParameters(seed: plan.seed)
        let unmatched = plan.privateTensorProblems(modelTensors: initial.names)
        guard unmatched.isEmpty else { throw PlanError(problems: unmatched) }
    }

    private static func model(of plan: Plan) throws -> ModelDescription {
        do {
            return try JSONDecoder().decode(
                ModelDescription.self,
                from: Data(plan.model.canonicalBytes)
            )
        } catch let error as NeuralNetworkError {
            throw PlanError(problems: [PlanProblem(.outOfRange, at: "model", error.message)])
        } catch let DecodingError.dataCorrupted(context) {
            throw problem(.notAChoice, at: context.codingPath, context.debugDescription)
        } catch let DecodingError.keyNotFound(key, context) {
            throw problem(.missing, at: context.codingPath + [key], "is missing")
        } catch let DecodingError.typeMismatch(_, context) {
            throw problem(.wrongType, at: context.codingPath, "has the wrong type")
        } catch let DecodingError.valueNotFound(_, context) {
            throw problem(.missing, at: context.codingPath, "is empty")
        }
    }

    private static func problem(
        _ code: PlanProblem.Code,
        at path: [any CodingKey],
        _ message: String
    ) -> PlanError {
        let place = (["model"] + path.map(\.stringValue)).joined(separator: ".")
        return PlanError(problems: [PlanProblem(code, at: place, message)])
    }
}
