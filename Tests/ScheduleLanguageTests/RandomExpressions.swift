import CronExpressions

/// Numbers that look random and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Expressions of every form that the cron engine reads, usual and odd ones.
struct RandomExpressions {
    private var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    /// An expression that can fire.
    mutating func next() -> CronExpression {
        while true {
            let seconds = oneIn(4)
            let text = oneIn(40) ? macros.randomElement(using: &numbers)! : fields(seconds: seconds)
            if let expression = try? CronExpression(text, seconds: seconds) { return expression }
        }
    }

    private let macros = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually", "@Daily"]

    private mutating func fields(seconds: Bool) -> String {
        let usual = ["*", "0", "*/15", "9", "9-17", "*/2"]
        let second = seconds ? [field(0...59, usual: ["0", "*", "*/10", "30"])] : []
        let clock = [field(0...59, usual: usual), field(0...23, usual: usual)]
        let days = [dayOfMonth(), field(1...12, usual: ["*", "*", "*", "6-8", "JAN,jul"]), dayOfWeek()]
        return (second + clock + days).joined(separator: " ")
    }

    private mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &numbers) == 0 }

    private mutating func field(_ all: ClosedRange<Int>, usual: [String]) -> String {
        if !oneIn(3) { return usual.randomElement(using: &numbers)! }
        return (0..<Int.random(in: 1...3, using: &numbers)).map { _ in item(all) }.joined(separator: ",")
    }

    /// `7`, `3-9`, `22-2/3`, `5/10`, `*/7`.
    private mutating func item(_ all: ClosedRange<Int>) -> String {
        let step = oneIn(2) ? "/\(Int.random(in: 1...all.count + 2, using: &numbers))" : ""
        let (from, to) = (Int.random(in: all, using: &numbers), Int.random(in: all, using: &numbers))
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: return "*\(step)"
        case 1: return "\(from)\(step)"
        case 2, 3: return "\(from)-\(to)\(step)"
        default: return "\(from)"
        }
    }

    private mutating func dayOfMonth() -> String {
        special(["L", "LW", "L-3", "15W", "1W", "31W", "L-1", "L-29"])
            ?? field(1...31, usual: ["*", "*", "?", "1", "*/2"])
    }

    private mutating func dayOfWeek() -> String {
        special(["5#2", "5L", "SUN#5", "tueL", "1#1,1#3", "0L"])
            ?? field(0...7, usual: ["*", "*", "?", "1-5", "MON-FRI", "6,0", "FRI-MON", "*/2", "sat"])
    }

    /// Forms of the day fields alone, by themselves or beside plain items.
    private mutating func special(_ forms: [String]) -> String? {
        guard oneIn(4) else { return nil }
        let form = forms.randomElement(using: &numbers)!
        guard oneIn(3) else { return form }
        let plain = item(1...7)
        return oneIn(2) ? "\(form),\(plain)" : "\(plain),\(form)"
    }
}
