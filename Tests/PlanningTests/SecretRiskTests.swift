import JobModel
import Testing

@testable import Planning

@Suite("Secrets of plans")
struct SecretRiskTests {
    private static func capabilities(_ url: String) throws -> Capabilities {
        let call = ActionCall(
            "http", ["url": .string(url), "method": "POST", "auth": ["secret": "SHOP_KEY", "scheme": "bearer"]])
        return try ActionBuilder(surroundings: .permissive).capabilities(of: [Step(name: "a", action: .call(call))])
    }

    @Test("a secret is frozen with the plan by its name, and agreed to for the hosts of the plan")
    func secret() throws {
        let capabilities = try Self.capabilities("https://api.shop.test/a?b={{event.c}}")
        #expect(capabilities.secrets == ["SHOP_KEY"])
        #expect(capabilities.requests == ["POST https://api.shop.test/a?b={{event.c}}"])
        let risks = Risk.all(of: capabilities)
        #expect(risks.map(\.text) == ["POST requests to api.shop.test", "the secret SHOP_KEY"])
        let elsewhere = Risk.all(of: try Self.capabilities("https://else.test/"))
        #expect(risks.last?.approvalKey != nil && risks.last?.approvalKey != elsewhere.last?.approvalKey)
    }
}
