// swift-tools-version: 6.2
// The layers of STYLE: language, decisions, adapters, front ends, program.
// Imports only point down that list; Scripts/check-imports holds every `import` line to this file.
import PackageDescription

// MARK: Outside packages, each entering through one target

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// MARK: Layers

let language: [Target] = [
    .target(name: "CronExpressions"),
    .target(name: "JobModel", dependencies: ["CronExpressions"]),
    .target(name: "ScheduleLanguage", dependencies: ["JobModel", "CronExpressions"]),
    .target(name: "Templates", dependencies: ["JobModel", mustache]),
    .target(name: "Documents", dependencies: ["JobModel", yams]),
    .target(name: "Schemas", dependencies: ["JobModel"]),
    .target(
        name: "ActionCatalogue", dependencies: ["Schemas", "JobModel"], resources: [.embedInCode("Actions")]),
    .target(name: "IntentContract", dependencies: ["Schemas", "JobModel"], resources: [.embedInCode("Intents")]),
]

let decisions: [Target] = [
    .target(name: "Playbooks", dependencies: ["JobModel", "Templates"]),
    .target(
        name: "Planning",
        dependencies: [
            "IntentContract", "ScheduleLanguage", "ActionCatalogue", "Schemas", "Templates", "JobModel",
            "CronExpressions",
        ]),
    .target(name: "Scheduling", dependencies: ["JobModel", "CronExpressions", logging, serviceLifecycle]),
    .target(
        name: "Conversation",
        dependencies: ["Planning", "IntentContract", "ScheduleLanguage", "JobModel", "CronExpressions"]),
]

let adapters: [Target] = [
    .target(name: "CLibcurl", linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "MarkupReading", dependencies: ["CLibxml2"]),
    .target(name: "Signing", dependencies: [crypto]),
    .target(name: "HTTPTransport", dependencies: ["CLibcurl"]),
    .target(name: "Settings", dependencies: ["JobModel", "Documents", configuration]),
    .target(name: "Coordination", dependencies: ["JobModel"]),
    .target(name: "Storage", dependencies: ["JobModel", grdb, sqlite]),
    .target(name: "Observation", dependencies: ["JobModel", logging, metrics]),
    .target(
        name: "StepExecution",
        dependencies: [
            "JobModel", "Templates", "ActionCatalogue", "Schemas", "HTTPTransport", "Signing", "MarkupReading",
            subprocess,
        ]),
    .target(name: "Notifications", dependencies: ["JobModel", "HTTPTransport", "Signing", logging, serviceLifecycle]),
    .target(
        name: "Interpreters",
        dependencies: ["CronExpressions", "IntentContract", "ScheduleLanguage", "Schemas", "Templates", "JobModel"],
        resources: [.embedInCode("Prompts")]),
    .target(name: "ModelProviders", dependencies: ["JobModel", "HTTPTransport"]),
    .target(name: "FakeHTTP"),
    .target(name: "FakeProviders", dependencies: ["FakeHTTP", "JobModel"]),
    .target(
        name: "Registry",
        dependencies: [
            "CronExpressions", "JobModel", "ScheduleLanguage", "IntentContract", "Documents", "Planning",
            "Conversation",
        ]),
    .target(
        name: "PlaybookDocuments",
        dependencies: [
            "CronExpressions", "JobModel", "ScheduleLanguage", "IntentContract", "Documents", "ActionCatalogue",
            "Schemas", "Templates", "Planning",
        ]),
]

let frontEnds: [Target] = [
    .target(name: "Terminal", dependencies: ["Conversation", "JobModel", "CLibedit"]),
    .target(
        name: "TranscriptPlayer",
        dependencies: [
            "Conversation", "Scheduling", "IntentContract", "FakeProviders", "JobModel", "CronExpressions",
        ]),
]

let program: [Target] = [
    .target(
        name: "Commands",
        dependencies: [
            "CronExpressions", "JobModel", "ScheduleLanguage", "IntentContract", "ActionCatalogue", "Schemas",
            "Playbooks", "Planning", "Scheduling", "Conversation", "Signing", "HTTPTransport", "Settings",
            "Coordination", "Storage", "Observation", "StepExecution", "Notifications", "Interpreters",
            "ModelProviders", "FakeProviders", "Documents", "Registry", "PlaybookDocuments", "Terminal",
            "TranscriptPlayer", argumentParser, logging, metrics, serviceLifecycle,
        ]),
    .executableTarget(name: "rota", dependencies: ["Commands"]),
]

// MARK: Tests mirror Sources

let tests: [Target] = [
    .target(name: "MemoryStore", dependencies: ["JobModel"], path: "Tests/MemoryStore"),
    .target(
        name: "TestSupport", dependencies: ["JobModel", "IntentContract", "MemoryStore", "FakeHTTP"],
        path: "Tests/TestSupport"),
    .target(
        name: "Simulation", dependencies: ["Scheduling", "JobModel", "CronExpressions", "MemoryStore", logging],
        path: "Tests/Simulation"),
    .target(name: "CronOracle", path: "Tests/CronOracle"),
    .testTarget(name: "FakeProvidersTests", dependencies: ["FakeProviders", "FakeHTTP", "HTTPTransport", "JobModel"]),
    .testTarget(name: "CronExpressionsTests", dependencies: ["CronExpressions", "CronOracle"]),
    .testTarget(name: "JobModelTests", dependencies: ["JobModel", "CronExpressions", "CronOracle"]),
    .testTarget(name: "ScheduleLanguageTests", dependencies: ["ScheduleLanguage", "JobModel", "CronExpressions"]),
    .testTarget(name: "TemplatesTests", dependencies: ["Templates", "JobModel"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
    .testTarget(name: "SchemasTests", dependencies: ["Schemas", "IntentContract", "JobModel"]),
    .testTarget(name: "ActionCatalogueTests", dependencies: ["ActionCatalogue", "Schemas", "JobModel"]),
    .testTarget(name: "IntentContractTests", dependencies: ["IntentContract", "Schemas", "JobModel"]),
    .testTarget(name: "PlaybooksTests", dependencies: ["Playbooks", "Templates", "JobModel", "TestSupport"]),
    .testTarget(
        name: "PlanningTests",
        dependencies: ["Planning", "IntentContract", "ScheduleLanguage", "JobModel", "CronExpressions"]),
    .testTarget(
        name: "SchedulingTests",
        dependencies: ["Scheduling", "JobModel", "CronExpressions", "MemoryStore", "TestSupport"]),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
    .testTarget(
        name: "ConversationTests",
        dependencies: [
            "Conversation", "Planning", "IntentContract", "Interpreters", "JobModel", "CronExpressions", "TestSupport",
        ]),
    .testTarget(
        name: "LyingModelTests",
        dependencies: [
            "Conversation", "Planning", "IntentContract", "Interpreters", "JobModel", "CronExpressions", "CronOracle",
            "TestSupport",
        ],
        resources: [.embedInCode("Fixtures/requests.jsonl")]),
    .testTarget(
        name: "ModelReadingTests",
        dependencies: [
            "Conversation", "Planning", "Interpreters", "ModelProviders", "FakeProviders", "IntentContract", "Signing",
            "JobModel", "CronExpressions", "MemoryStore", "TestSupport",
        ],
        exclude: ["Recordings"]),
    .testTarget(name: "SigningTests", dependencies: ["Signing"]),
    .testTarget(name: "SettingsTests", dependencies: ["Settings", "JobModel"]),
    .testTarget(name: "CoordinationTests", dependencies: ["Coordination", "JobModel", "TestSupport"]),
    .testTarget(name: "StorageTests", dependencies: ["Storage", "JobModel", "CronExpressions", "TestSupport", grdb]),
    .testTarget(
        name: "ObservationTests", dependencies: ["Observation", "JobModel", "TestSupport", logging, metrics]),
    .testTarget(name: "MarkupReadingTests", dependencies: ["MarkupReading"]),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "TestSupport"]),
    .testTarget(
        name: "StepExecutionTests",
        dependencies: [
            "StepExecution", "ActionCatalogue", "Documents", "HTTPTransport", "Signing", "Templates", "Schemas",
            "Storage", "JobModel", "TestSupport",
        ]),
    .testTarget(
        name: "NotificationsTests",
        dependencies: ["Notifications", "HTTPTransport", "Signing", "JobModel", "TestSupport"]),
    .testTarget(
        name: "InterpretersTests",
        dependencies: ["Interpreters", "IntentContract", "ScheduleLanguage", "JobModel", "TestSupport", "CronOracle"]),
    .testTarget(
        name: "ModelProvidersTests",
        dependencies: ["ModelProviders", "FakeProviders", "HTTPTransport", "JobModel", "TestSupport"]),
    .testTarget(
        name: "RegistryTests",
        dependencies: [
            "Registry", "Documents", "Planning", "Scheduling", "JobModel", "Storage", "Signing", "TestSupport",
        ]),
    .testTarget(
        name: "PlaybookDocumentsTests",
        dependencies: [
            "PlaybookDocuments", "ActionCatalogue", "Documents", "Planning", "Schemas", "CronExpressions", "JobModel",
        ], exclude: ["Broken"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Conversation", "JobModel"]),
    .testTarget(
        name: "TranscriptPlayerTests",
        dependencies: ["TranscriptPlayer", "Commands", "CronExpressions", "JobModel"]),
    .testTarget(
        name: "CommandsTests",
        dependencies: [
            "Commands", "Conversation", "Planning", "Interpreters", "Registry", "Settings", "Scheduling", "Observation",
            "Storage", "Playbooks", "StepExecution", "Coordination", "CronExpressions", "JobModel", "TestSupport",
            logging,
        ]),
]

// MARK: Measuring: started by `make bench`, Scripts/check-clock-changes, check-providers, simulate and fuzz

let measuring: [Target] = [
    .executableTarget(
        name: "EngineBench",
        dependencies: [
            "CronExpressions", "IntentContract", "Interpreters", "ModelProviders", "HTTPTransport", "JobModel",
            "FakeProviders", "Playbooks", "Storage",
        ],
        path: "Benchmarks/EngineBench"),
    .executableTarget(
        name: "ClockChangeCheck", dependencies: ["CronExpressions", "CronOracle"], path: "Tests/ClockChangeCheck"),
    .executableTarget(name: "Simulate", dependencies: ["Simulation"], path: "Tests/Simulate"),
    .executableTarget(
        name: "FakeProviderServer", dependencies: ["FakeProviders"], path: "Tests/FakeProviderServer"),
]

let package = Package(
    name: "rota",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rota", targets: ["rota"]),
        .executable(name: "engine-bench", targets: ["EngineBench"]),
        .executable(name: "clock-change-check", targets: ["ClockChangeCheck"]),
        .executable(name: "simulate", targets: ["Simulate"]),
        .executable(name: "fake-provider", targets: ["FakeProviderServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: language + decisions + adapters + frontEnds + program + tests + measuring
)

// Only for Scripts/fuzz: the code under test is built with libFuzzer's counters, in a build folder of its own.
if Context.environment["ROTA_FUZZ"] != nil {
    let fuzzed = [
        "CronExpressions", "JobModel", "ScheduleLanguage", "IntentContract", "Interpreters", "ModelProviders",
        "Templates", "Planning", "PlaybookDocuments",
    ]
    for target in package.targets where fuzzed.contains(target.name) {
        target.swiftSettings = [.unsafeFlags(["-sanitize=fuzzer"])]
    }
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: fuzzed.map { .target(name: $0) }, path: "Tests/Fuzz",
            exclude: ["Corpus", "words.dict"],
            swiftSettings: [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
