import CLibedit
import Glibc

/// Characters that were read from the terminal and not yet given to libedit.
struct InputBuffer {
    private var decoder = ScalarDecoder()
    private var characters: [Unicode.Scalar] = []
    private var position = 0

    mutating func append(_ bytes: some Sequence<UInt8>) {
        if position == characters.count {
            characters.removeAll(keepingCapacity: true)
            position = 0
        }
        for byte in bytes { characters += decoder.decode(byte) }
    }

    mutating func next() -> Unicode.Scalar? {
        guard position < characters.count else { return nil }
        defer { position += 1 }
        return characters[position]
    }
}

extension LineEditor {
    private enum Waited { case key, event, closed }

    /// The next character for libedit: 1 with `out` set, or 0 where editing has to end. Messages and signals that come
    /// meanwhile are dealt with here, also inside a search or a paste.
    func nextCharacter(into out: UnsafeMutablePointer<wchar_t>) -> Int32 {
        while true {
            if let character = input.next() {
                out.pointee = wchar_t(character.value)
                return 1
            }
            switch waitForInput() {
            case .key: continue
            case .event: handleEvents()
            case .closed: ending = .inputClosed
            }
            if ending != nil { return 0 }
        }
    }

    /// Waits for bytes from the terminal (and takes them) or for an event. Never fails for an interrupted call.
    private func waitForInput() -> Waited {
        var descriptors = [
            pollfd(fd: mailbox.pipe.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&descriptors, 2, -1) < 0 {
            if errno != EINTR && errno != EAGAIN { return .closed }
        }
        if descriptors[0].revents != 0 { return .event }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        if count > 0 {
            input.append(bytes[..<count])
            return .key
        }
        return count < 0 && (errno == EINTR || errno == EAGAIN) ? .key : .closed
    }

    private func handleEvents() {
        for event in mailbox.pipe.events() {
            switch event {
            case .news: break
            case .cancelled: ending = .stopped(0)
            case .signal(SIGWINCH): resize()
            case .signal(SIGCONT): resumeAfterStop()
            // In editing mode Ctrl-C is a key; this one was sent from elsewhere and means the same.
            case .signal(SIGINT): if interrupt() == CC_EOF { return }
            case .signal(let number): ending = .stopped(number)
            }
        }
        let lines = mailbox.takeAll()
        guard ending == nil else { return }
        if !lines.isEmpty { printAbove(lines) }
        if let progress = mailbox.takeProgress() { printProgress(progress) }
    }
}
