/// The times of day of an expression as values, however they were written.
struct TimesOfDay {
    /// Ascending, like the others.
    let seconds: [Int]
    let minutes: [Int]
    let hours: [Int]
    /// The minute or hour begins with `*`: the times follow the wall clock as it shows.
    let followsClock: Bool

    init(_ syntax: CronSyntax) {
        seconds = syntax.second?.values ?? [0]
        minutes = syntax.minute.values
        hours = syntax.hour.values
        followsClock = syntax.minute.beginsWithStar || syntax.hour.beginsWithStar
    }

    var isEveryHour: Bool { hours.count == 24 }
    var isEveryMinute: Bool { isEveryHour && minutes.count == 60 }
    /// Every second, third, … hour from midnight on.
    var evenHours: EvenStep? { EvenStep(hours, of: 24) }
}

/// Values from 0 on that divide their field evenly, so that the steps go on across its end.
struct EvenStep {
    let size: Int

    init(size: Int) { self.size = size }

    /// `nil` for values at uneven distances, and for one value alone.
    init?(_ values: [Int], of count: Int) {
        guard values.count > 1, count % values.count == 0 else { return nil }
        size = count / values.count
        guard values == Array(stride(from: 0, to: count, by: size)) else { return nil }
    }

    /// "Every hour", "Every 2 hours".
    func words(_ unit: String) -> String { size == 1 ? "Every \(unit)" : "Every \(size) \(unit)s" }
}

/// Values at one distance from each other.
struct Progression {
    let first: Int
    let last: Int
    let step: Int
    let count: Int

    /// `nil` for fewer than two values; they must ascend.
    init?(_ values: [Int]) {
        guard values.count > 1, let first = values.first, let last = values.last else { return nil }
        (self.first, self.last, step, count) = (first, last, values[1] - first, values.count)
        guard values == Array(stride(from: first, through: last, by: step)) else { return nil }
    }
}

/// Hours of the day at one distance from each other, across midnight too.
struct HourSpan {
    let first: Int
    let last: Int
    let step: Int

    /// - Parameter hours: ascending.
    init?(_ hours: [Int]) {
        guard let first = hours.first, let last = hours.last else { return nil }
        guard hours.count > 1 else {
            (self.first, self.last, step) = (first, first, 1)
            return
        }
        let gaps = hours.indices.map { $0 + 1 < hours.count ? hours[$0 + 1] - hours[$0] : first + 24 - last }
        // The one gap that differs lies between the end and the beginning.
        guard let step = [gaps[0], gaps[1]].first(where: { step in gaps.count { $0 == step } >= gaps.count - 1 }) else {
            return nil
        }
        let end = gaps.firstIndex { $0 != step } ?? gaps.count - 1
        (self.first, self.last, self.step) = (hours[(end + 1) % hours.count], hours[end], step)
    }
}
