import CronExpressions
import Foundation
import JobModel
import ModelProviders
import Settings
import Signing

/// Models whose questions are paid from the person's budget.
extension Workplace {
    /// Counts in this store, by the prices of the person's `prices.yaml`. A broken file ends the command with the
    /// sentence that names the line.
    func meter() throws -> MeteredModel.Meter? {
        guard let ledger = store as? any SpendingLedger else { return nil }
        let prices: PriceTable
        do {
            prices = try program.stage == nil ? PriceFile(path: program.paths.priceFile).load() : .builtIn
        } catch {
            throw CommandFailure("\(error)")
        }
        return MeteredModel.Meter(
            ledger: ledger, prices: prices, caps: settings.budget, now: program.now,
            dayStart: { moment in
                let zone = (try? ZoneRules.named(await personZone())) ?? .utc
                return SpendingDay.start(of: moment, in: zone)
            }, digest: { SHA256Digest.hex(of: $0) })
    }

    /// `model`, asked within the budget.
    ///
    /// - Parameter base: where it is served, `https://api.example.test/v1`.
    func metered(_ model: any LanguageModel, at base: String?) throws -> any LanguageModel {
        try meter().map { MeteredModel(model, at: base, meter: $0) } ?? model
    }
}
