import Foundation

/// Where everything of the program lives: one folder (`ROTA_HOME`), or the places of the XDG base directories.
///
/// Reading the places touches no disk; `createFolders()` makes them.
package struct ProgramPaths: Hashable, Sendable {
    /// The folder of `config.yaml`.
    package var configFolder: String
    /// The folder of the store.
    package var dataFolder: String
    /// The folder of what can be lost without losing a job: history, logs, copies of approved scripts.
    package var stateFolder: String
    /// The folder of sockets; gone after a restart of the machine. Short enough for a socket's address.
    package var runtimeFolder: String
    /// The person's scripts.
    package var scriptsFolder: String
    /// The parents above were chosen by `ROTA_HOME`.
    package var isOneFolder: Bool

    /// The person's own actions, a folder for each.
    package var actionsFolder: String { dataFolder + "/actions" }
    package var configFile: String { configFolder + "/config.yaml" }
    /// What models cost, where the person says so.
    package var priceFile: String { configFolder + "/prices.yaml" }
    package var store: String { dataFolder + "/rota.db" }
    /// Whoever holds this lock owns the store's scheduler. It lies beside the store and not among the sockets, because
    /// two sessions of one user may see different runtime folders, and would both own it.
    package var ownerLock: String { dataFolder + "/scheduler.lock" }
    package var history: String { stateFolder + "/history" }
    package var schedulerLog: String { stateFolder + "/scheduler.log" }
    /// The owner's metrics, as it wrote them last.
    package var metrics: String { stateFolder + "/metrics.prom" }
    /// Since when the owner owns, and what troubles it.
    package var ownerNote: String { stateFolder + "/scheduler.state" }
    package var scriptCopies: String { stateFolder + "/script-copies" }
    /// Copies of pages that steps read; may be deleted at any time.
    package var pages: String { stateFolder + "/pages" }

    /// Every place with the word that `rota paths` shows for it, in reading order.
    package var all: [(label: String, path: String)] {
        [
            ("config", configFile), ("prices", priceFile), ("store", store), ("scripts", scriptsFolder),
            ("actions", actionsFolder), ("history", history), ("log", schedulerLog), ("script copies", scriptCopies),
            ("pages", pages), ("runtime", runtimeFolder),
        ]
    }

    /// Reads the places from `environment`.
    ///
    /// `ROTA_HOME` wins; a relative one counts from `currentFolder`, and `~/` is the home folder. XDG variables that
    /// are empty or relative are ignored, as their specification asks. `fallbackHome` stands in for a missing `HOME`.
    package init(
        environment: [String: String], userID: UInt32, currentFolder: String = "/", fallbackHome: String = "/"
    ) {
        let home = Self.absolute(environment["HOME"]) ?? fallbackHome
        let shared = "/tmp/rota-\(userID)"
        if let chosen = environment["ROTA_HOME"], !chosen.isEmpty {
            let root = Self.resolved(chosen, from: currentFolder, home: home)
            self.init(root: root, shared: shared)
        } else {
            self.init(environment: environment, home: home, shared: shared)
        }
    }

    /// The places of this process's environment and user.
    ///
    /// Sessions without `XDG_RUNTIME_DIR` (cron, su) use the user's folder in /run all the same, where it exists, so that
    /// they meet the sockets of the others.
    package static func current() -> ProgramPaths {
        var environment = ProcessInfo.processInfo.environment
        let usual = "/run/user/\(getuid())"
        if (environment["XDG_RUNTIME_DIR"] ?? "").isEmpty, isOwnFolder(usual) { environment["XDG_RUNTIME_DIR"] = usual }
        return ProgramPaths(
            environment: environment, userID: getuid(),
            currentFolder: FileManager.default.currentDirectoryPath, fallbackHome: NSHomeDirectory())
    }

    private init(root: String, shared: String) {
        configFolder = root
        dataFolder = root
        stateFolder = root
        scriptsFolder = Self.join(root, "scripts")
        runtimeFolder = Self.shortEnough(Self.join(root, "run"), shared: shared)
        isOneFolder = true
    }

    private init(environment: [String: String], home: String, shared: String) {
        func place(_ variable: String, _ usual: String) -> String {
            Self.join(Self.absolute(environment[variable]) ?? Self.join(home, usual), "rota")
        }
        configFolder = place("XDG_CONFIG_HOME", ".config")
        dataFolder = place("XDG_DATA_HOME", ".local/share")
        stateFolder = place("XDG_STATE_HOME", ".local/state")
        scriptsFolder = dataFolder + "/scripts"
        let runtime = Self.absolute(environment["XDG_RUNTIME_DIR"]).map { Self.join($0, "rota") }
        runtimeFolder = runtime.map { Self.shortEnough($0, shared: shared) } ?? shared
        isOneFolder = false
    }
}

extension ProgramPaths {
    /// An address of a Unix socket holds 107 bytes; this leaves room for the socket's own name.
    private static let longestRuntimeFolder = 70

    /// `folder`, or where it is too long for sockets a folder below `shared` that follows from its name alone, so that
    /// every process that works on the same home finds the same one.
    private static func shortEnough(_ folder: String, shared: String) -> String {
        guard folder.utf8.count > longestRuntimeFolder else { return folder }
        let hash = folder.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return shared + "/" + String(hash, radix: 16)
    }

    private static func absolute(_ path: String?) -> String? {
        guard let path, path.hasPrefix("/") else { return nil }
        return withoutTrailingSlash(path)
    }

    /// `path` as an absolute one: `~` is `home`, anything else relative counts from `folder`.
    package static func resolved(_ path: String, from folder: String, home: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return join(home, String(path.dropFirst(2))) }
        if path.hasPrefix("/") { return withoutTrailingSlash(path) }
        let plain = path == "." ? "" : path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return withoutTrailingSlash(join(folder, plain))
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private static func withoutTrailingSlash(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
