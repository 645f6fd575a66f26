import CLibedit

/// The terminal of one chat. All of it runs on a thread of its own, which blocks while a line is edited.
actor TerminalSession {
    /// How waiting for the program ended.
    enum Waited<Value: Sendable>: Sendable {
        case finished(Value)
        /// Ctrl-C, and the work did not end soon after; what it comes to is given to `late`.
        case abandoned
        /// A signal that ends the program, or 0 where the chat's task was cancelled.
        case stopped(Int32)
    }

    nonisolated let mailbox: Mailbox
    private nonisolated let thread = TerminalThread()
    private let style: ReplyStyle
    private let movesCursor: Bool
    private var editor: LineEditor?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(style: ReplyStyle, movesCursor: Bool) throws(TerminalError) {
        mailbox = Mailbox(pipe: try WakePipe())
        self.style = style
        self.movesCursor = movesCursor
    }

    deinit { thread.stop() }

    // MARK: Opening and closing

    /// - Parameter complete: what Tab does after the text left of the cursor; half a second is waited for it.
    func open(complete: @escaping @Sendable (String) async -> Completion) throws(TerminalError) {
        TerminalState.save(marksPastes: movesCursor)
        let handlers = LineEditor.Handlers(
            complete: { text in Turn.blocking(seconds: 0.5) { await complete(text) } ?? .none },
            interruptHint: style.hint("/quit or Ctrl-D leaves"), hint: { [style] in style.hint($0) })
        editor = try LineEditor(
            mailbox: mailbox, prompt: Prompt("> ", color: false), movesCursor: movesCursor, handlers: handlers)
        mailbox.pipe.takeSignals()
        if movesCursor { writeToTerminal(TerminalState.pasteMarksOn) }
    }

    /// Prints what still waits and gives the terminal back as it was.
    func close() {
        print(mailbox.takeAll())
        editor = nil
        TerminalState.restore()
        mailbox.pipe.giveSignalsBack()
    }

    // MARK: Lines

    /// Prints what waits, then lets the person edit a line.
    func readLine(prompt: String) -> LineEditor.Ending {
        guard let editor else { return .inputClosed }
        print(mailbox.takeAll())
        if let progress = mailbox.takeProgress() { print([style.hint(progress)]) }
        let ending = editor.readLine(prompt: Prompt(prompt, color: style.color))
        switch ending {
        case .endOfInput, .inputClosed, .stopped: writeToTerminal("\r\n")
        case .line, .cleared: break
        }
        return ending
    }

    /// Entries for the Up key and Ctrl-R, oldest first.
    func remember(_ entries: [String]) {
        for entry in entries { editor?.remember(entry) }
    }

    /// `lines` are cleaned and coloured already.
    func print(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        writeToTerminal(lines.map { $0 + "\r\n" }.joined())
    }

    // MARK: Waiting for the program

    /// Runs `work` on the pool and waits for it, showing "…" when it takes longer than a moment. Ctrl-C cancels the
    /// work and says so; where it does not end then, waiting does, and `late` gets what comes.
    func wait<Value: Sendable>(
        for work: @escaping @Sendable () async -> Value, late: @escaping @Sendable (Value) -> Void
    ) -> Waited<Value> {
        let pipe = mailbox.pipe
        let turn = Turn(work) { pipe.wake() }
        var policy = WaitingPolicy()
        var since = ContinuousClock.now
        var progress = ProgressMark(isPossible: movesCursor)
        defer { progress.remove() }
        while true {
            for action in actions(of: &policy, since: &since) {
                switch action {
                case .goOn: break
                case .showProgress: progress.show()
                case .cancel:
                    turn.cancel()
                    progress.remove()
                    print([style.hint("Ctrl-C: this request is cancelled. Background jobs go on.")])
                case .abandon:
                    if turn.abandon(late) == nil { return .abandoned }
                case .stop(let number):
                    turn.cancel()
                    return .stopped(number)
                }
            }
            if let value = turn.value { return .finished(value) }
        }
    }

    /// Waits for the next event, or until the patience that began at `since` is over.
    private func actions(
        of policy: inout WaitingPolicy, since: inout ContinuousClock.Instant
    ) -> [WaitingPolicy.Action] {
        let before = policy
        defer { if policy != before { since = .now } }
        let spent = Int32(since.duration(to: .now) / .milliseconds(1))
        let left = policy.patience < 0 ? policy.patience : max(policy.patience - spent, 0)
        guard mailbox.pipe.wait(milliseconds: left) else { return [policy.patienceIsOver()] }
        return mailbox.pipe.events().map { policy.received($0) }
    }
}

/// The "…" that stands at the start of a row while something is waited for.
private struct ProgressMark {
    let isPossible: Bool
    private var isShown = false

    init(isPossible: Bool) { self.isPossible = isPossible }

    mutating func show() {
        guard isPossible, !isShown else { return }
        isShown = true
        writeToTerminal("…")
    }

    mutating func remove() {
        guard isShown else { return }
        isShown = false
        writeToTerminal("\r\u{1B}[K")
    }
}
