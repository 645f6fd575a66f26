/// Builds a `JSONValue` from any encodable value, without a detour over text.
///
/// Codable asks for one type for each kind of container; each hands its finished value to its owner.
struct JSONValueEncoder: Encoder {
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private let slot: Slot

    static func value(of value: some Encodable) throws -> JSONValue {
        let slot = Slot()
        try value.encode(to: JSONValueEncoder(codingPath: [], slot: slot))
        return slot.value
    }

    fileprivate init(codingPath: [any CodingKey], slot: Slot) {
        self.codingPath = codingPath
        self.slot = slot
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.becomeObject()
        return KeyedEncodingContainer(ObjectContainer<Key>(codingPath: codingPath, slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.becomeArray()
        return ArrayContainer(codingPath: codingPath, slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleContainer(codingPath: codingPath, slot: slot)
    }

    /// A value being built; members and elements are slots of their own until it is asked for.
    fileprivate final class Slot {
        private enum Content {
            case value(JSONValue)
            case object([String: Slot])
            case array([Slot])
        }

        private var content = Content.value(.null)

        var value: JSONValue {
            switch content {
            case .value(let value): value
            case .object(let members): .object(members.mapValues(\.value))
            case .array(let elements): .array(elements.map(\.value))
            }
        }

        var count: Int { if case .array(let elements) = content { elements.count } else { 0 } }

        func set(_ value: JSONValue) { content = .value(value) }

        func becomeObject() { if case .object = content {} else { content = .object([:]) } }

        func becomeArray() { if case .array = content {} else { content = .array([]) } }

        func member(_ name: String) -> Slot {
            let slot = Slot()
            if case .object(var members) = content {
                content = .value(.null)
                members[name] = slot
                content = .object(members)
            }
            return slot
        }

        func element() -> Slot {
            let slot = Slot()
            if case .array(var elements) = content {
                content = .value(.null)
                elements.append(slot)
                content = .array(elements)
            }
            return slot
        }
    }

    private struct ObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let codingPath: [any CodingKey]
        let slot: Slot

        func encodeNil(forKey key: Key) { slot.member(key.stringValue).set(.null) }

        func encode(_ value: some Encodable, forKey key: Key) throws {
            try SingleContainer(codingPath: codingPath + [key], slot: slot.member(key.stringValue)).encode(value)
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
            -> KeyedEncodingContainer<Nested>
        { nested(key).container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }

        func superEncoder() -> any Encoder {
            JSONValueEncoder(codingPath: codingPath, slot: slot.member("super"))
        }

        func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

        private func nested(_ key: Key) -> JSONValueEncoder {
            JSONValueEncoder(codingPath: codingPath + [key], slot: slot.member(key.stringValue))
        }
    }

    private struct ArrayContainer: UnkeyedEncodingContainer {
        let codingPath: [any CodingKey]
        let slot: Slot
        var count: Int { slot.count }

        func encodeNil() { slot.element().set(.null) }

        func encode(_ value: some Encodable) throws {
            try SingleContainer(codingPath: codingPath, slot: slot.element()).encode(value)
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            nested.container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested.unkeyedContainer() }

        func superEncoder() -> any Encoder { nested }

        private var nested: JSONValueEncoder { JSONValueEncoder(codingPath: codingPath, slot: slot.element()) }
    }

    private struct SingleContainer: SingleValueEncodingContainer {
        let codingPath: [any CodingKey]
        let slot: Slot

        func encodeNil() { slot.set(.null) }

        func encode(_ value: some Encodable) throws {
            switch value {
            case let value as JSONValue: slot.set(value)
            case let value as String: slot.set(.string(value))
            case let value as Bool: slot.set(.bool(value))
            case let value as Double: slot.set(.number(value))
            case let value as Float: slot.set(.number(Double(value)))
            case let value as any BinaryInteger: slot.set(.number(Double(value)))
            default: try value.encode(to: JSONValueEncoder(codingPath: codingPath, slot: slot))
            }
        }
    }
}
