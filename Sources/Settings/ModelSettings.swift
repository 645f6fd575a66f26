import Foundation
import JobModel

/// Which models are asked, how, and where their keys are.
package struct ModelSettings: Hashable, Sendable {
    /// `nil`: the built-in grammar alone reads sentences, and prompts get no answer.
    package var main: ModelAddress?
    /// For routine work; `nil` takes the main one.
    package var fast: ModelAddress?
    /// Asked when the first choice gives no answer.
    package var fallback: ModelAddress?
    /// The environment variable that holds the key.
    package var keyVariable: String?
    /// A file of mode 0600 whose first line is the key.
    package var keyFile: String?
    /// A program with arguments, run without a shell, whose first line of output is the key.
    package var keyCommand: String?
    /// Sent with each request.
    package var headers: [HTTPHeaderSetting]
    /// The address of a proxy.
    package var proxy: String?
    /// The environment variable that holds `name:password` for the proxy.
    package var proxyLoginVariable: String?
    /// A file of certificates that are trusted beside the system's.
    package var authorities: String?
    /// The model reads every sentence, also what the grammar reads exactly.
    package var readsAlways: Bool

    package init(
        main: ModelAddress? = nil, fast: ModelAddress? = nil, fallback: ModelAddress? = nil,
        keyVariable: String? = nil, keyFile: String? = nil, keyCommand: String? = nil,
        headers: [HTTPHeaderSetting] = [], proxy: String? = nil, proxyLoginVariable: String? = nil,
        authorities: String? = nil, readsAlways: Bool = false
    ) {
        self.main = main
        self.fast = fast
        self.fallback = fallback
        self.keyVariable = keyVariable
        self.keyFile = keyFile
        self.keyCommand = keyCommand
        self.headers = headers
        self.proxy = proxy
        self.proxyLoginVariable = proxyLoginVariable
        self.authorities = authorities
        self.readsAlways = readsAlways
    }

    /// From values that were checked against their definitions.
    init(checked values: [String: String]) {
        func address(_ key: String) -> ModelAddress? { values[key].flatMap { try? ModelAddress($0) } }
        self.init(
            main: address("model"), fast: address("model_fast"), fallback: address("model_fallback"),
            keyVariable: values["model_key_env"], keyFile: values["model_key_file"],
            keyCommand: values["model_key_command"],
            headers: SettingDefinition.items(of: values["model_headers"] ?? "").compactMap { HTTPHeaderSetting($0) },
            proxy: values["model_proxy"], proxyLoginVariable: values["model_proxy_login_env"],
            authorities: values["model_ca_file"], readsAlways: values["model_reads"] == "always")
    }

    /// Each of them, once.
    package var all: [ModelAddress] { [main, fast, fallback].compactMap(\.self).uniqued() }

    /// Where the key of `address` is looked for, in this order.
    ///
    /// What the settings name, and `ROTA_MODEL_KEY`, are the main model's, and of others at the same address; a
    /// provider's own variable counts at its own address only, so that no key goes to another server.
    package func keySources(of address: ModelAddress) -> [KeySource] {
        var sources: [KeySource] = []
        if address.base == main?.base {
            sources += [
                keyVariable.map(KeySource.variable), keyFile.map(KeySource.file), keyCommand.map(KeySource.command),
            ].compactMap(\.self)
            guard sources.isEmpty else { return sources }
            sources.append(.variable(ModelProvider.commonKeyVariable))
        }
        if address.base == address.provider.usualBase { sources.append(.variable(address.provider.keyVariable)) }
        return sources
    }
}

/// Where a key is.
package enum KeySource: Hashable, Sendable {
    case variable(String)
    case file(String)
    case command(String)
}

/// A header of a request, as a setting writes it: `X-Title: rota`.
package struct HTTPHeaderSetting: Hashable, Sendable {
    package let name: String
    package let value: String

    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon].trimmingCharacters(in: .whitespaces)
        let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
            !value.isEmpty, value.allSatisfy({ $0.isASCII && !$0.isNewline })
        else { return nil }
        self.name = name
        self.value = value
    }
}
