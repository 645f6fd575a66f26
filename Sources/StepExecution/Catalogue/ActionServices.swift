import Foundation
import JobModel

/// What actions of the catalogue may use of the world, each behind an interface that tests and transcripts replace.
package struct ActionServices: Sendable {
    package var web: any WebRequester
    package var store: (any JobStore)?
    /// Wakes the scheduler after something was put into the store.
    package var wake: @Sendable () -> Void
    package var secrets: SecretVault
    /// Where copies of pages are kept; `nil` keeps none.
    package var pageFolder: String?
    /// The person's zone.
    package var zone: String
    /// Folders in which programs such as `git` are looked for.
    package var searchPath: [String]
    /// The person's home folder: what `~` means, and relative paths count from.
    package var home = NSHomeDirectory()
    /// Answers queries over the history; `nil` where the store cannot.
    package var history: (any HistoryReader)?
    /// Runs stored playbooks and jobs by name, for calls that give them inputs or wait for them.
    package var playbooks: (@Sendable (PlaybookCall) async -> PlaybookCallState)?
    /// The person's own actions; `nil` has none.
    package var ownActions: OwnActions?

    package init(
        web: any WebRequester, store: (any JobStore)? = nil, wake: @escaping @Sendable () -> Void = {},
        zone: String = "UTC", searchPath: [String] = ProgramFinder.defaultFolders, secrets: SecretVault = .none,
        pageFolder: String? = nil
    ) {
        self.secrets = secrets
        self.pageFolder = pageFolder
        self.web = web
        self.store = store
        self.wake = wake
        self.zone = zone
        self.searchPath = searchPath
        history = store as? any HistoryReader
    }
}
