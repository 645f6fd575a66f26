import Foundation
import Testing

@testable import StepExecution

@Suite("Parts of requests and pages")
struct WebPartsTests {
    @Test(
        "text is read by what is said of its characters",
        arguments: [
            ([0xE9], "text/plain; charset=ISO-8859-1", "é"), ([0xA4], "text/html; charset=\"iso-8859-15\"", "€"),
            ([0xC3, 0xA9], "text/plain", "é"), ([0xE9], "text/plain", "\u{FFFD}"),
            ([0xE9], "x; charset=klingon", "\u{FFFD}"),
            ([0xEF, 0xBB, 0xBF, 0x61], "text/plain; charset=latin1", "a"), ([0xFF, 0xFE, 0x61, 0x00], "", "a"),
            ([0xFE, 0xFF, 0x00, 0x61], "text/plain; charset=utf-8", "a"), ([0x83, 0x41], "x; charset=shift_jis", "ア"),
            ([0xFF, 0xFE, 0x61], "", "\u{FFFD}"), ([0x61, 0x83], "x; charset=shift_jis", "a\u{FFFD}"),
            ([0x61, 0xFF, 0x62], "x; charset=euc-kr", "a\u{FFFD}b"), ([], "x; charset=big5", ""),
            (Array("<meta charset=windows-1252>".utf8) + [0x80], "text/html", "<meta charset=windows-1252>€"),
            (Array("say charset=koi8-r ".utf8) + [0xC1], "text/plain", "say charset=koi8-r \u{FFFD}"),
        ] as [([UInt8], String, String)])
    func decoding(_ bytes: [UInt8], _ type: String, _ text: String) {
        #expect(TextDecoding.text(of: bytes, contentType: type) == text)
    }

    @Test(
        "dates of feeds",
        arguments: [
            ("2026-03-27T08:00:00Z", 1_774_598_400), ("2026-03-27T09:00+01:00", 1_774_598_400),
            ("Fri, 27 Mar 2026 08:00:00 GMT", 1_774_598_400), ("27 Mar 26 04:00 EDT", 1_774_598_400),
            ("Friday, 27 March 2026 08:00:00 Z", 1_774_598_400), ("2026-03-27", 1_774_569_600),
            ("Fri, 32 Mar 2026 08:00:00 GMT", nil), ("27 Mai 2026 08:00:00 GMT", nil), ("soon", nil), ("", nil),
            ("27 Mar 2026 08:00:00 MARS", nil),
        ] as [(String, Double?)])
    func dates(_ text: String, _ seconds: Double?) {
        #expect(FeedDate.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test("a page full of open ends is read quickly")
    func openEnds() {
        let page = String(repeating: "<!--<script><style><", count: 50_000)
        #expect(PageText.words(of: page).isEmpty)
        let scripts = String(repeating: "<SCRIPT>x</sCript >y", count: 20_000)
        #expect(PageText.words(of: scripts).utf8.count == 20_000)
    }

    @Test("a secret is taken out in every form, and short ones are left")
    func redaction() async throws {
        let vault = SecretVault(hosts: [:]) { _ throws(SecretProblem) in "" }
        vault.remember("pa ss/w\"ord+1", as: "KEY")
        vault.remember("abc", as: "SHORT")
        let inside = Data("user:pa ss/w\"ord+1:more".utf8).base64EncodedString()
        let texts = [
            "pa ss/w\"ord+1", "pa%20ss%2Fw%22ord%2B1", "pa+ss%2Fw%22ord%2B1", "pa ss/w\\\"ord+1", inside,
            Data("pa ss/w\"ord+1".utf8).base64EncodedString(),
        ]
        for text in texts { #expect(vault.cleaned("x \(text) y").contains("[secret:KEY]"), "\(text)") }
        #expect(vault.cleaned("abc") == "abc")
    }

    @Test("a breaker opens after five failures in a row, lets one probe through, and rests twice as long after each")
    func breaker() {
        let (breaker, start) = (HostBreaker(), Date(timeIntervalSince1970: 0))
        func wait(_ seconds: Double) -> TimeInterval? { breaker.wait(for: "a:443", at: start + seconds) }
        for _ in 0..<4 { breaker.failed("a:443", at: start) }
        breaker.succeeded("a:443")
        for _ in 0..<4 { breaker.failed("a:443", at: start) }
        #expect(wait(0) == nil)
        breaker.failed("a:443", at: start)
        #expect(wait(10) == 20 && breaker.wait(for: "b:443", at: start) == nil)
        #expect(wait(30) == nil && wait(31) == 30)
        breaker.failed("a:443", at: start + 32)
        #expect(wait(33) == 59 && wait(92) == nil)
        breaker.succeeded("a:443")
        #expect(wait(93) == nil && wait(94) == nil)
        for _ in 0..<5 { breaker.failed("a:443", at: start + 200) }
        // The clock was set back by a day.
        #expect(wait(200 - 86_400) == 30)
    }
}
