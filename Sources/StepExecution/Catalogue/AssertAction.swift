import JobModel
import Templates

/// `assert`: fails the step where an expression does not hold.
struct AssertAction: CatalogueAction {
    let zone: String

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let text = call.text("condition") ?? ""
        do {
            let expression = try Expression(text)
            guard try expression.holds(TemplateData(context, zone: zone)) else {
                return StepResult(error: ResultText.firstLine(call.text("message") ?? "\(text) does not hold"))
            }
            return StepResult(text: "\(text) holds")
        } catch let error as ExpressionError {
            return StepResult(error: "\"\(text)\" cannot be read: \(error.message)")
        } catch let error as ExpressionProblem {
            return StepResult(error: error.message)
        } catch {
            return StepResult(error: "\(error)")
        }
    }
}
