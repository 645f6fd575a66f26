import Foundation
import Signing
import Testing

@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func hashesText(_ text: String, _ expected: String) {
        #expect(SHA256Digest.hex(of: text) == expected)
        #expect(SHA256Digest.hex(of: Array(text.utf8)) == expected)
    }

    @Test func hashesAFileInPieces() throws {
        let path = FileManager.default.temporaryDirectory.path + "/signing-\(UUID().uuidString)"
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try SHA256Digest.hex(ofFile: path) == SHA256Digest.hex(of: bytes))
    }

    @Test func aMissingFileThrows() {
        #expect(throws: (any Error).self) { try SHA256Digest.hex(ofFile: "/nonexistent/file") }
    }

    /// RFC 4231, test case 2.
    @Test func authenticatesAMessage() {
        let code = MessageCode.sha256(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        let hex = code.map { String($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }
}

@Suite struct WebhookSecretTests {
    @Test(arguments: [
        ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSecret.Problem.missingPrefix),
        ("whsec_!!!", .notBase64),
        ("whsec_YWJj", .wrongLength(3)),
    ])
    func refuses(_ text: String, _ problem: WebhookSecret.Problem) {
        #expect(throws: problem) { try WebhookSecret(text) }
    }

    @Test func doesNotPrintItself() throws {
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(!text.contains("MfKQ"))
            #expect(!text.contains("49"))
        }
    }
}

@Suite struct WebhookSignatureTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    private static let moment = Date(timeIntervalSince1970: 1_614_265_330)
    private static let body = Array(#"{"test": 2432232314}"#.utf8)
    /// From the specification's own examples.
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    @Test func signsAsTheSpecificationDoes() throws {
        let headers = WebhookSignature.headers(
            id: Self.id, at: Self.moment, body: Self.body, secret: try WebhookSecret(Self.secret))
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.map(\.value) == [Self.id, "1614265330", Self.signature])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var id = WebhookSignatureTests.id
        var timestamp = "1614265330"
        var signature = WebhookSignatureTests.signature
        var body = WebhookSignatureTests.body
        var now = WebhookSignatureTests.moment
        var rejection: WebhookSignature.Rejection?
    }

    @Test(arguments: [
        Case(testDescription: "as signed"),
        Case(testDescription: "just in time", now: moment + 300),
        Case(testDescription: "among others", signature: "v2,xxxx v1,AAAA \(signature)"),
        Case(testDescription: "too old", now: moment + 301, rejection: .outsideTolerance(301)),
        Case(testDescription: "from the future", now: moment - 301, rejection: .outsideTolerance(301)),
        Case(testDescription: "another body", body: Array("{}".utf8), rejection: .noMatch),
        Case(testDescription: "another id", id: "msg_2", rejection: .noMatch),
        Case(testDescription: "another moment", timestamp: "1614265331", rejection: .noMatch),
        Case(testDescription: "another version", signature: "v2," + signature.dropFirst(3), rejection: .noMatch),
        Case(testDescription: "no base64", signature: "v1,???", rejection: .noMatch),
        Case(testDescription: "no signature", signature: "", rejection: .missingHeader),
        Case(testDescription: "no number", timestamp: "soon", rejection: .malformedTimestamp),
    ])
    func verifies(_ example: Case) throws {
        let secrets = [try WebhookSecret("whsec_" + String(repeating: "A", count: 32)), try WebhookSecret(Self.secret)]
        var found: WebhookSignature.Rejection?
        do throws(WebhookSignature.Rejection) {
            try WebhookSignature.verify(
                id: example.id, timestamp: example.timestamp, signature: example.signature, body: example.body,
                secrets: secrets, now: example.now)
        } catch {
            found = error
        }
        #expect(found == example.rejection)
    }
}
