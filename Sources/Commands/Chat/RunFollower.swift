import Conversation
import Foundation
import JobModel

/// Says in a chat how far the runs are that the person started or asked about: at most once a second, and only while
/// there are any.
actor RunFollower {
    private var progress: RunProgress
    private let time: any TimeSource
    private let tell: @Sendable (String) -> Void
    private var looking: Task<Void, Never>?

    init(store: any JobStore, time: any TimeSource, tell: @escaping @Sendable (String) -> Void) {
        progress = RunProgress(store: store)
        self.time = time
        self.tell = tell
    }

    func follow(_ runs: [RunID]) {
        progress.follow(runs)
        guard looking == nil, !progress.isIdle else { return }
        // Lives as long as runs are followed; `stop` ends it.
        looking = Task { await look() }
    }

    func stop() async {
        looking?.cancel()
        await looking?.value
    }

    private func look() async {
        while !progress.isIdle, (try? await time.sleep(for: 1)) != nil {
            var looked = progress
            let line = await looked.look(at: time.now)
            // Runs that were added meanwhile are looked at the next time.
            let added = progress.runs
            progress = looked
            progress.follow(added)
            if let line { tell(line) }
        }
        looking = nil
    }
}
