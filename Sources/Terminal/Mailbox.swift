import Synchronization

/// Lines that wait to be printed above the prompt. Anybody may post; the terminal's thread takes them out.
final class Mailbox: Sendable {
    let pipe: WakePipe
    private let lines = Mutex<[String]>([])
    private let progress = Mutex<String?>(nil)

    init(pipe: WakePipe) { self.pipe = pipe }

    /// `lines` are printed as they are: cleaned and coloured by the caller.
    func post(_ new: [String]) {
        lines.withLock { $0 += new }
        pipe.wake()
    }

    /// A line that takes the place of the last one of its kind, where that is still the last line above the prompt.
    func post(progress line: String) {
        progress.withLock { $0 = line }
        pipe.wake()
    }

    func takeProgress() -> String? {
        progress.withLock { line in
            defer { line = nil }
            return line
        }
    }

    func takeAll() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}
