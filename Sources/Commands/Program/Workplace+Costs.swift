import Coordination
import CronExpressions
import Foundation
import JobModel
import ModelProviders
import Settings
import Signing

/// Models whose questions are paid from the person's budget.
extension Workplace {
    /// The configured models, counted in `store` by the prices of the person's `prices.yaml`. A broken file ends the
    /// command with the sentence that names the line; without a model it is not read.
    static func models(
        _ settings: ProgramSettings, _ program: Program, store: any JobStore
    ) throws -> ConfiguredModels {
        ConfiguredModels(
            settings.models, environment: program.environment, time: SystemTimeSource(),
            meter: try meter(settings, program, store))
    }

    private static func meter(
        _ settings: ProgramSettings, _ program: Program, _ store: any JobStore
    ) throws -> MeteredModel.Meter? {
        guard !settings.models.all.isEmpty, let ledger = store as? any SpendingLedger else { return nil }
        let prices: PriceTable
        do {
            prices = try program.stage == nil ? PriceFile(path: program.paths.priceFile).load() : .builtIn
        } catch {
            throw CommandFailure("\(error)")
        }
        let usualZone = program.stage?.systemZone ?? program.zone(settings)
        return MeteredModel.Meter(
            ledger: ledger, prices: prices, caps: settings.budget, now: program.now,
            dayStart: { moment in
                let preferred = ((try? await store.settings()) ?? [:])["preference.timezone"]
                let zone = (try? ZoneRules.named(preferred ?? usualZone)) ?? .utc
                return SpendingDay.start(of: moment, in: zone)
            }, digest: { SHA256Digest.hex(of: $0) })
    }
}
