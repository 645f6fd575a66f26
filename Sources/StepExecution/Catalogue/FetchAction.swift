import Foundation
import JobModel
import Templates

/// `fetch`: a page, or a part of it.
struct FetchAction: CatalogueAction {
    private static let accept = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5"

    let pages: PageSource

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let (reading, age): (PageReading, TimeInterval)
        do throws(WebFailure) {
            reading = try PageReading(call)
            guard let seconds = PageSource.age(call.text("cache") ?? "30d") else {
                throw WebFailure("\"cache\" takes a time such as 30d, 12h or none", isTransient: false)
            }
            age = seconds
        } catch { return .failed(error, trace: []) }
        let outcome = await pages.page(
            at: call.text("url") ?? "", template: call.approvedText("url") ?? "", accept: Self.accept, age: age,
            in: context)
        do throws(WebFailure) {
            let page = try outcome.page.get()
            let found = try reading.read(page.answer)
            return Self.result(found, of: page, trace: outcome.trace, before: context.previous[context.step])
        } catch {
            return .failed(error, status: outcome.status, trace: outcome.trace)
        }
    }

    private static func result(
        _ found: PageReading.Found, of page: PageSource.Page, trace: [String], before: StepResult?
    ) -> StepResult {
        let earlier = before?.value?["text"]
        var members: [String: JSONValue] = [
            "text": .string(found.text), "items": .array(found.items.map(JSONValue.string)),
            "status": .number(Double(page.answer.status)), "url": .string(page.url), "cached": .bool(page.isCached),
            "changed": .bool(earlier != nil && earlier != .string(found.text)), "class": "ok",
        ]
        members["json"] = found.json
        if let number = NumberReading.firstNumber(in: found.text) {
            members["number"] = .number(number)
            if namesCurrency(found.text) { members["price"] = .number(number) }
        }
        return StepResult(text: found.text, status: page.answer.status, trace: trace, value: .object(members))
    }

    /// A sign, or a code as a word of its own or before the figures.
    private static func namesCurrency(_ text: String) -> Bool {
        let text = text.prefix(2000)
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .currencySymbol }) { return true }
        return text.contains(/\b(?:EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK)(?=\b|[0-9])/)
    }
}
