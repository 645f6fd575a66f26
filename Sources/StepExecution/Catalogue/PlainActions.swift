import JobModel

/// `set`: keeps values under the step's name.
struct SetAction: CatalogueAction {
    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let values = call["values"] ?? .object([:])
        let lines = (values.object ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.plainText)" }
        return StepResult(text: ResultText.clean(lines.joined(separator: "\n")), value: values)
    }
}

/// `fail`: fails the step with a reason.
struct FailAction: CatalogueAction {
    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        StepResult(error: ResultText.firstLine(call.text("reason") ?? "no reason was given"))
    }
}
