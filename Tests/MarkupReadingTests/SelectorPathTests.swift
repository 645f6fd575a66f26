import Testing

import MarkupReading

@Suite("Selectors")
struct SelectorPathTests {
    private static let page = """
        <!doctype html><html><body><h1 id=top>Shop</h1>
        <div class="card new" data-sku="A1"><span class=price>24,90&nbsp;€</span><a href="/a">A</a></div>
        <div class="card" data-sku='B2'><p><span class=price>19 €</span><a href="/b">B</a></div>
        <ul><li>one<li>two<li>three</ul></body></html>
        """

    @Test(
        "find what CSS finds",
        arguments: [
            ("h1", ["Shop"]), ("#top", ["Shop"]), ("H1#top", ["Shop"]), (".price", ["24,90 €", "19 €"]),
            ("div.card .price", ["24,90 €", "19 €"]), ("div.card > .price", ["24,90 €"]), (".card.new a", ["A"]),
            (".car", []), ("[data-sku] a", ["A", "B"]), ("[data-sku=B2] a", ["B"]), ("div[data-sku=\"A1\"] > a", ["A"]),
            ("li:nth-child(2)", ["two"]), ("h1, li:nth-child(3)", ["Shop", "three"]),
            ("ul>*", ["one", "two", "three"]),
        ] as [(String, [String])])
    func finds(_ selector: String, _ texts: [String]) throws {
        let path = try SelectorPath(selector).xpath
        #expect(try MarkupDocument(html: Self.page).texts(at: path) == texts, "\(path)")
    }

    @Test(
        "refuse what they do not read",
        arguments: [
            "", " ", ",", "a,", "a >", "> a", "a:hover", "a:nth-child(0)", "a:nth-child(2n+1)", "[x", "[x=", "[x~=y]",
            "a + b", "#", ".", "1a", "[x='a\"b]", "a[x=\"it's 'both'\" \"]", "a']",
        ])
    func refuses(_ selector: String) {
        #expect(throws: MarkupProblem.self) { try SelectorPath(selector) }
    }
}
