import JobModel
import Templates

/// `email`: words for addresses that the plan fixed, on their way through the gateway `email`.
///
/// The subject is the first line of the message, a blank line behind it: gateways send one text.
struct EmailAction: CatalogueAction {
    static let gateway = "email"
    private static let mostAddresses = 20

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            let addresses = try Self.addresses(call)
            let subject = CleanText.firstLine(of: CleanText.clean(call.text("subject") ?? ""), limit: 200)
            let text = ResultText.clean(call.text("text") ?? "")
            guard !subject.isEmpty else { throw ActionProblem("its subject came out empty") }
            guard !text.isEmpty else { throw ActionProblem("its words came out empty") }
            let recipients = addresses.map { Recipient(gateway: Self.gateway, name: $0) }
            return StepResult(
                text: "\(subject)\n\n\(text)",
                messages: [OutgoingMessage(recipients: recipients, text: "\(subject)\n\n\(text)")],
                value: ["to": .array(addresses.map(JSONValue.string)), "subject": .string(subject)])
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// As the plan has them: what an event or a page says never decides who gets a message.
    private static func addresses(_ call: FilledCall) throws(ActionProblem) -> [String] {
        let approved = call.approved["to"] ?? .null
        let addresses = approved.array?.map(\.plainText) ?? [approved.plainText]
        guard (1...mostAddresses).contains(addresses.count) else {
            throw ActionProblem("\"to\" has \(addresses.count) addresses; \(mostAddresses) are the most")
        }
        for address in addresses {
            guard !address.contains("{{") else {
                throw ActionProblem("\"to\" has a hole: recipients are fixed by the plan")
            }
            guard isAddress(address) else {
                throw ActionProblem("\"\(ResultText.firstLine(address))\" is no e-mail address")
            }
        }
        return addresses
    }

    /// One mailbox without a name: nothing that could add a header or a second recipient.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, parts[1].contains(".") else { return false }
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && !",;<>()[]\\\"/".unicodeScalars.contains($0)
        }
        return isPlain && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    }
}
