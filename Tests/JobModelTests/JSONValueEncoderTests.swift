import Foundation
import JobModel
import Testing

@Suite("Encodable values become JSON values") struct JSONValueEncoderTests {
    /// Both ways to the same document: without text, and by Foundation's encoder.
    private func expectAgreement(_ value: some Encodable, sourceLocation: SourceLocation = #_sourceLocation) throws
        -> JSONValue
    {
        let found = try JSONValue(encoding: value)
        let expected = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
        #expect(found == expected, sourceLocation: sourceLocation)
        return found
    }

    @Test func plainValues() throws {
        #expect(try expectAgreement("text") == "text")
        #expect(try expectAgreement(true) == true)
        #expect(try expectAgreement(-7) == -7)
        #expect(try expectAgreement(UInt8.max) == 255)
        #expect(try expectAgreement(Int64(1) << 40) == 1_099_511_627_776)
        #expect(try expectAgreement(2.5) == 2.5)
        #expect(try expectAgreement(Float(0.5)) == 0.5)
        #expect(try expectAgreement(Int?.none) == nil)
        #expect(try expectAgreement(Int?.some(3)) == 3)
        #expect(try expectAgreement([JSONValue.null, ["a": [1]]]) == [nil, ["a": [1]]])
    }

    @Test func collections() throws {
        #expect(try expectAgreement([Int]()) == [])
        #expect(try expectAgreement([1, nil, 3]) == [1, nil, 3])
        #expect(try expectAgreement([[1], [], [2, 3]]) == [[1], [], [2, 3]])
        #expect(try expectAgreement(["b": 1, "a": 2]) == ["a": 2, "b": 1])
        #expect(try expectAgreement([5: "five"]) == ["5": "five"])
        #expect(try expectAgreement([String: [String: Bool]]()) == [:])
    }

    @Test func instantsAndIdentifiers() throws {
        #expect(try expectAgreement([Date(timeIntervalSinceReferenceDate: 12.5)]) == [12.5])
        _ = try expectAgreement(["at": Date(timeIntervalSince1970: 1_772_434_800)])
        let identifier = UUID()
        #expect(try expectAgreement(identifier) == .string(identifier.uuidString))
    }

    struct Shelf: Codable {
        enum Kind: String, Codable { case wood, steel }
        enum Load: Codable {
            case empty
            case books(Int, by: String?)
        }

        struct Nothing: Codable {}

        var kind = Kind.steel
        var loads = [Load.empty, .books(3, by: "Ana"), .books(0, by: nil)]
        var label: String?
        var built: Date? = Date(timeIntervalSinceReferenceDate: 0)
        var parts = ["left": [1.5, 2], "right": []]
        var nothing = Nothing()
        var above: [Shelf] = []
        var data: JSONValue = ["x": [1, nil]]
        var note: JSONValue?
    }

    @Test func nestedTypes() throws {
        var shelf = Shelf(above: [Shelf(), Shelf(kind: .wood, loads: [], label: "top")])
        shelf.note = "dusty"
        let found = try expectAgreement(shelf)
        #expect(found["kind"] == "steel")
        #expect(found["label"] == nil)
        #expect(found["loads"]?.array?[1] == ["books": ["_0": 3, "by": "Ana"]])
        #expect(found["nothing"] == [:])
        #expect(found["above"]?.array?[1]["label"] == "top")
        #expect(try found.decoded(as: Shelf.self).above.count == 2)
    }

    /// Uses every kind of container by hand.
    struct Handmade: Encodable {
        enum Keys: String, CodingKey { case flat, inner, list, gone, up }

        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Keys.self)
            try outer.encode(1, forKey: .flat)
            try outer.encodeNil(forKey: .gone)
            var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .inner)
            try inner.encode("deep", forKey: .flat)
            try ["x"].encode(to: inner.superEncoder(forKey: .up))
            var list = outer.nestedUnkeyedContainer(forKey: .list)
            try list.encode(true)
            try list.encodeNil()
            var keyed = list.nestedContainer(keyedBy: Keys.self)
            try keyed.encode(2, forKey: .flat)
            var further = list.nestedUnkeyedContainer()
            try further.encode(contentsOf: [3, 4])
            try "last".encode(to: list.superEncoder())
            try list.encode(list.count)
            try 9.encode(to: outer.superEncoder())
        }
    }

    @Test func containersByHand() throws {
        let found = try expectAgreement(Handmade())
        #expect(
            found == [
                "flat": 1, "gone": nil, "inner": ["flat": "deep", "up": ["x"]],
                "list": [true, nil, ["flat": 2], [3, 4], "last", 5], "super": 9,
            ])
    }

    /// The second half of a class hierarchy and a wrapper around one value both write where the first stopped.
    @Test func sharedContainers() throws {
        class Base: Encodable {
            enum Keys: String, CodingKey { case base, more }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(1, forKey: .base)
            }
        }
        final class Derived: Base {
            override func encode(to encoder: any Encoder) throws {
                try super.encode(to: encoder)
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(2, forKey: .more)
            }
        }
        #expect(try expectAgreement(Derived()) == ["base": 1, "more": 2])
        #expect(try expectAgreement([Derived(), Base()]) == [["base": 1, "more": 2], ["base": 1]])
    }

    struct Refusing: Encodable {
        struct Refusal: Error {}
        func encode(to encoder: any Encoder) throws { throw Refusal() }
    }

    @Test func whatATypeThrowsIsThrown() {
        #expect(throws: Refusing.Refusal.self) { try JSONValue(encoding: ["a": [Refusing()]]) }
    }
}
