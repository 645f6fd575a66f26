import Benchmark
import Foundation

/// Each benchmark starts the release program once an iteration and waits for its end.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.wallClock], maxDuration: .seconds(5), maxIterations: 200)

    Benchmark("help: start of the program") { _ in
        try Program.run(["--help"])
    }
    Benchmark("paths: start with its folders") { _ in
        try Program.run(["paths"])
    }
    Benchmark("schedule parse --batch: 1,000 phrases", configuration: .init(maxIterations: 20)) { benchmark in
        let questions = Questions.phrases(1000)
        benchmark.startMeasurement()
        try Program.run(["schedule", "parse", "--batch"], input: questions)
    }
    Benchmark("schedule next --batch: 100,000 expressions", configuration: .init(maxIterations: 5)) { benchmark in
        let questions = Questions.expressions(100_000)
        benchmark.startMeasurement()
        try Program.run(["schedule", "next", "--batch"], input: questions)
    }
    Benchmark("interpret --batch: 1,000 sentences", configuration: .init(maxIterations: 20)) { benchmark in
        let questions = Questions.sentences(1000)
        benchmark.startMeasurement()
        try Program.run(["interpret", "--batch"], input: questions)
    }
}
