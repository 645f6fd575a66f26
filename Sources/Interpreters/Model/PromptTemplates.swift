import IntentContract
import JobModel
import Templates

/// The instructions of the two questions that a model is asked: what a sentence means, and which steps reach a goal.
///
/// Nothing in them changes from request to request, so that providers can cache them.
struct PromptTemplates: Sendable {
    let understanding: String
    let planning: String

    /// Steps that one plan may have.
    static let mostSteps = 8

    init(contract: ContractLibrary) {
        understanding = Self.fill(PackageResources.understanding_mustache, ["intents": Self.intents(contract)])
        planning = Self.fill(
            PackageResources.planning_mustache,
            [
                "actions": Self.actions, "most": "\(Self.mostSteps)", "fetchExample": "{{fetch.text}}",
                "exampleGoal": Self.exampleGoal, "exampleSteps": Self.exampleSteps,
            ])
    }

    private static func fill(_ bytes: [UInt8], _ holes: [String: String]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let template = try? Template(text) else {
            preconditionFailure("a prompt that is built in is no template")
        }
        return template.render(TemplateData(members: holes.mapValues(JSONValue.string)))
    }

    private static func intents(_ contract: ContractLibrary) -> String {
        contract.documents.flatMap { document -> [String] in
            let head = "- \(document.intent): \(document.summary)"
            guard let example = document.examples.first else { return [head] }
            let intents = example.intents.map { $0.withoutNulls.compactText }.joined(separator: ", ")
            return [head, "  \"\(example.text)\" -> [\(intents)]"]
        }.joined(separator: "\n")
    }

    /// The catalogue of what a step can do.
    private static let actions = [
        "  - notify (text): tells fixed words to the recipients in \"to\".",
        "  - prompt (text): a model writes something; what earlier steps found is put into the text.",
        "  - script (path, arguments): runs a script that the request names.",
        "  - http (method, url, body): a request to an address that the request names.",
        "  - system (name, path): measures this machine: disk_used_percent, disk_free_gb, memory_used_percent, load, file.",
        "  - playbook (name): runs a stored playbook that the request names.",
    ].joined(separator: "\n")

    private static let exampleGoal = "keep an eye on https://shop.test/p and tell ops on telegram when it gets cheaper"
    private static let exampleSteps = """
        {"steps":[{"name":"fetch","action":{"type":"http","method":"GET","url":"https://shop.test/p"},"to":[]},\
        {"name":"tell","action":{"type":"notify","text":"The page changed: {{fetch.text}}"},"when":"fetch changed",\
        "to":["telegram/ops"]}],"question":null}
        """
}
