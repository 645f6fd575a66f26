import Synchronization

/// Lines that wait to be printed above the prompt. Anybody may post; the terminal's thread takes them out.
final class Mailbox: Sendable {
    let pipe: WakePipe
    private let lines = Mutex<[String]>([])

    init(pipe: WakePipe) { self.pipe = pipe }

    /// `lines` are printed as they are: cleaned and coloured by the caller.
    func post(_ new: [String]) {
        lines.withLock { $0 += new }
        pipe.wake()
    }

    func takeAll() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}
