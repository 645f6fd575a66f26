import Conversation
import Foundation
import JobModel

/// New lines of the conversation, each given out once.
actor OutcomeFeed {
    private let store: any JobStore
    private var last: Int64 = 0

    init(store: any JobStore) { self.store = store }

    /// Outcomes that nobody has seen yet, before the feed begins.
    func begin() async -> [Message] {
        let recent = (try? await store.messages(unseenOnly: false, limit: 1)) ?? []
        last = recent.last?.id ?? 0
        return (try? await store.messages(unseenOnly: true, limit: 20)) ?? []
    }

    /// What came since the last call; the job of the newest becomes what "it" means.
    func next(at now: Date) async -> [Message] {
        let new = ((try? await store.messages(unseenOnly: false, limit: 200)) ?? []).filter { $0.id > last }
        last = new.last?.id ?? last
        if let job = new.last?.jobID { try? await store.setFocus(job, at: now) }
        return new
    }
}
