import HTTPTransport
import JobModel
import ModelProviders
import Settings

/// The models that the settings name, made once for a process: conversations and jobs share their circuit breakers.
final class ConfiguredModels: Sendable {
    let settings: ModelSettings
    private let prices: PriceTable
    private let keys: ModelKeys
    private let way: ModelWay
    private let time: any TimeSource
    private let guarded: [ModelAddress: any LanguageModel]

    /// - Parameter meter: counts what they cost; `nil` counts nothing.
    init(
        _ settings: ModelSettings, environment: [String: String], time: any TimeSource, meter: MeteredModel.Meter? = nil
    ) {
        self.settings = settings
        prices = meter?.prices ?? .builtIn
        self.time = time
        let keys = ModelKeys(settings: settings, environment: environment)
        self.keys = keys
        let way = Self.way(settings, environment)
        self.way = way
        let guarded = settings.all.map { address -> (ModelAddress, any LanguageModel) in
            let served = Self.served(address, settings, keys, way, time)
            let metered: any LanguageModel = meter.map { MeteredModel(served, at: address.base, meter: $0) } ?? served
            return (address, GuardedModel(metered, time: time))
        }
        self.guarded = Dictionary(uniqueKeysWithValues: guarded)
    }

    /// `nil` where no model is configured.
    var model: (any LanguageModel)? {
        guard let main = settings.main else { return nil }
        return ModelChain(
            smart: chain(main, settings.fallback),
            fast: settings.fast.map { chain($0, main, settings.fallback) } ?? [])
    }

    /// The server of one of them, without what stands around it.
    func served(_ address: ModelAddress) -> ServedModel { Self.served(address, settings, keys, way, time) }

    /// One of them behind its breaker, and counted.
    func guarded(_ address: ModelAddress) -> (any LanguageModel)? { guarded[address] }

    func price(of address: ModelAddress) -> ModelPrice { prices.price(of: address.name, at: address.base) }

    private func chain(_ addresses: ModelAddress?...) -> [any LanguageModel] {
        addresses.compactMap(\.self).uniqued().compactMap { guarded[$0] }
    }

    private static func served(
        _ address: ModelAddress, _ settings: ModelSettings, _ keys: ModelKeys, _ way: ModelWay,
        _ time: any TimeSource
    ) -> ServedModel {
        // Headers may hold what only the main model's server shall see.
        let headers = address.base == settings.main?.base ? settings.headers.map { ($0.name, $0.value) } : []
        return ServedModel(
            address: address, key: { () async throws(ModelError) in try await keys.key(of: address) },
            headers: headers, way: way, time: time)
    }

    /// A variable of the login that is unset or empty is none: the proxy then says what it wants.
    private static func way(_ settings: ModelSettings, _ environment: [String: String]) -> ModelWay {
        let login = settings.proxyLoginVariable.flatMap { environment[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        let home = environment["HOME"] ?? "/"
        return ModelWay(
            proxy: settings.proxy.map { HTTPProxy($0, login: login) },
            authorities: settings.authorities.map { $0.hasPrefix("~/") ? home + $0.dropFirst() : $0 })
    }
}
