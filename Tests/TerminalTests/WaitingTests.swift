import Foundation
import Synchronization
import Testing

@testable import Terminal

@Suite struct WaitingTests {
    @Test func showsProgressOnceAfterAMoment() {
        var policy = WaitingPolicy()
        #expect(policy.patience == 300)
        #expect(policy.received(.news) == .goOn)
        #expect(policy.patienceIsOver() == .showProgress)
        #expect(policy.patience == -1)
    }

    @Test func firstInterruptCancelsSecondLeavesTheTurn() {
        var policy = WaitingPolicy()
        #expect(policy.received(.signal(SIGINT)) == .cancel)
        #expect(policy.received(.signal(SIGWINCH)) == .goOn)
        #expect(policy.received(.signal(SIGINT)) == .abandon)
    }

    @Test func workThatIgnoresItsCancellationIsLeft() {
        var policy = WaitingPolicy()
        #expect(policy.received(.signal(SIGINT)) == .cancel)
        #expect(policy.patience == 2000)
        #expect(policy.patienceIsOver() == .abandon)
    }

    @Test(arguments: [
        (WakePipe.Event.signal(SIGTERM), WaitingPolicy.Action.stop(SIGTERM)),
        (.signal(SIGHUP), .stop(SIGHUP)),
        (.signal(SIGCONT), .goOn),
        (.cancelled, .stop(0)),
    ])
    func otherEvents(event: WakePipe.Event, action: WaitingPolicy.Action) {
        var policy = WaitingPolicy()
        #expect(policy.received(event) == action)
    }

    @Test func pipeKeepsTheOrder() throws {
        let pipe = try WakePipe()
        #expect(pipe.events().isEmpty)
        #expect(!pipe.wait(milliseconds: 0))
        pipe.wake()
        pipe.cancel()
        #expect(pipe.wait(milliseconds: 0))
        #expect(pipe.events() == [.news, .cancelled])
        for _ in 0..<100_000 { pipe.wake() }  // more than a pipe holds: does not block
        #expect(pipe.events().count == 256)
    }

    @Test func signalsComeThroughThePipeUntilTheyAreGivenBack() throws {
        let pipe = try WakePipe()
        pipe.takeSignals()
        kill(getpid(), SIGWINCH)
        #expect(pipe.wait(milliseconds: 10_000))
        #expect(pipe.events() == [.signal(SIGWINCH)])
        pipe.giveSignalsBack()
        var action = sigaction()
        sigaction(SIGWINCH, nil, &action)
        #expect(action.__sigaction_handler.sa_handler == nil, "the default is back")
    }

    @Test func mailboxWakesAndEmpties() throws {
        let mailbox = Mailbox(pipe: try WakePipe())
        mailbox.post(["one"])
        mailbox.post(["two", "three"])
        #expect(mailbox.pipe.events() == [.news, .news])
        #expect(mailbox.takeAll() == ["one", "two", "three"])
        #expect(mailbox.takeAll().isEmpty)
    }

    @Test func lateValueIsHandedOverOnce() async {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let (values, late) = AsyncStream<Int>.makeStream()
        let turn = Turn {
            for await _ in gate { break }
            return 7
        } finished: {
        }
        #expect(turn.value == nil)
        #expect(turn.abandon { late.yield($0) } == nil)
        open.yield()
        var iterator = values.makeAsyncIterator()
        #expect(await iterator.next() == 7)
        #expect(turn.value == 7)
        #expect(turn.abandon { _ in Issue.record("handed over twice") } == 7)
    }

    @Test func cancellingReachesTheWork() async {
        let (ends, end) = AsyncStream<Bool>.makeStream()
        let turn = Turn {
            let never = AsyncStream<Void> { _ in }
            for await _ in never {}
            return Task.isCancelled
        } finished: {
            end.yield(true)
        }
        turn.cancel()
        var iterator = ends.makeAsyncIterator()
        #expect(await iterator.next() == true)
        #expect(turn.value == true)
    }
}
