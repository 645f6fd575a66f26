import Foundation
import JobModel
import Testing

extension StoreConformance {
    static let pauses: [StoreConformance] = [
        StoreConformance("a pause ends by itself, and what came due since is armed") { store in
            var job = try await store.job(from: .create(exampleJob("a", every(60))))
            (job.status, job.pausedUntil) = (.paused, at(120))
            try await store.job(from: .update(job))
            var other = exampleJob("b", every(60), status: .paused)
            other.pausedUntil = at(500)
            try await store.job(from: .create(other))
            try await store.job(from: .create(exampleJob("c", every(60), status: .paused)))
            #expect(try await store.nextResume() == at(120))
            #expect(try await store.resumeDue(at: at(119)).isEmpty)
            let resumed = try await store.resumeDue(at: at(250))
            #expect(resumed.map(\.name) == ["a"] && resumed.map(\.status) == [.active])
            #expect(resumed.first?.pausedUntil == nil)
            #expect(try await store.job(job.id) == resumed.first)
            #expect(try await store.armed(limit: 9).map(\.due) == [at(120)])
            #expect(try await store.nextResume() == at(500))
            #expect(try await store.resumeDue(at: at(250)).isEmpty)
        },
        StoreConformance("a deleted job does not resume") { store in
            var job = exampleJob("a", every(60), status: .paused)
            job.pausedUntil = at(10)
            job = try await store.job(from: .create(job))
            _ = try await store.apply([.delete(job.id)], summary: "", at: start)
            #expect(try await store.nextResume() == nil)
            #expect(try await store.resumeDue(at: at(20)).isEmpty)
        },
    ]

    static let outcomes: [StoreConformance] = [
        StoreConformance("a run's message and deliveries come with its end") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let run = try await store.claimNext(of: job)
            let both = OutgoingMessage(recipients: [Recipient("log"), Recipient("chat/ops")], text: "one")
            let outcome = RunOutcome(
                state: .succeeded, message: "a is done",
                deliveries: [both, OutgoingMessage(recipients: [], text: "none")])
            #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: at(11)))
            let messages = try await store.messages(unseenOnly: true, limit: 9)
            #expect(messages.map(\.text) == ["a is done"])
            #expect(messages.first?.jobID == job.id && messages.first?.runID == run.id && messages.first?.at == at(11))
            let queued = try await store.pendingDeliveries()
            #expect(queued.map(\.recipient) == [Recipient("log"), Recipient("chat/ops")])
            let first = try #require(queued.first)
            #expect(
                first
                    == Delivery(
                        id: first.id, runID: run.id, jobName: "a", recipient: Recipient("log"), text: "one",
                        createdAt: at(11), notBefore: at(11)))
        },
        StoreConformance("messages come earliest first, the newest of them, and are seen once") { store in
            var ids: [Int64] = []
            for number in 1...4 {
                let message = Message(jobID: nil, runID: nil, at: at(Double(number)), text: "\(number)")
                let posted = try await store.post(message)
                #expect(posted.text == message.text && posted.at == message.at)
                ids.append(posted.id)
            }
            #expect(try await store.messages(unseenOnly: false, limit: 2).map(\.text) == ["3", "4"])
            try await store.markSeen([ids[0], ids[3], 999])
            try await store.markSeen([])
            #expect(try await store.messages(unseenOnly: true, limit: 9).map(\.text) == ["2", "3"])
            #expect(try await store.messages(unseenOnly: false, limit: 9).map(\.seen) == [true, false, false, true])
        },
        StoreConformance("deliveries stay until they are sent or given up, earliest first") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let run = try await store.claimNext(of: job)
            let messages = ["1", "2", "3"].map { OutgoingMessage(recipients: [Recipient("log")], text: $0) }
            let outcome = RunOutcome(state: .succeeded, deliveries: messages)
            #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: at(11)))
            var queued = try await store.pendingDeliveries()
            queued[0].notBefore = at(60)
            queued[0].attempt = 1
            queued[0].reason = "refused"
            queued[1].state = .sent
            queued[1].attempt = 1
            queued[1].finished = at(12)
            try await store.update(queued[0])
            try await store.update(queued[1])
            #expect(try await store.pendingDeliveries() == [queued[2], queued[0]])
            #expect(try await store.deliveries(limit: 2) == [queued[2], queued[1]])
            queued[0].state = .givenUp
            queued[0].finished = at(61)
            try await store.update(queued[0])
            #expect(try await store.pendingDeliveries() == [queued[2]])
        },
    ]
}
