/// Words around a request that change nothing about it.
enum Padding {
    /// Both ends freed of padding, as often as there is some.
    static func stripped(_ pieces: Pieces) -> Pieces {
        repeated(pieces) { strippingFront(strippingBack($0)) }
    }

    // MARK: Front

    private static let greetings: Set<String> = [
        "hey", "hi", "hello", "yo", "ok", "okay", "alright", "so", "well", "please", "pls", "plz", "plse", "kindly",
        "oh", "oops", "um", "uh", "uhm", "and", "also", "then", "just", "rota", "assistant", "hmm", "right", "great",
        "thanks", "sorry", "whoops", "but", "yeah", "yep", "yes", "maybe", "dear", "quick", "ugh", "listen", "look",
        "btw", "first", "actually", "anyway", "sure", "cool", "nice", "perfect", "ah", "hiya", "heya", "howdy", "again",
        "only",
    ]

    private static let openings = PatternList([
        "could|can|would|will you [please|pls|maybe|kindly|also|just|perhaps] [go] [ahead] [and]",
        "(would you mind / do you mind / would it be possible to / is it possible to / is there a way to)",
        """
        (i would like you to / i want you to / i need you to / i would love you to / i would like to / i want to / i
        wanna)
        """,
        "(i would like to have / i would like / i want) (you) (to)",
        """
        (i need to / i have to / i have got to / i must / i gotta / we need to / we have to / i should / we should / i
        ought to)
        """,
        """
        (i was wondering if you could / i wonder if you could / it would be great if you could / it would be nice if
        you could)
        """,
        "(do me a favor and / do me a favour and / go ahead and / be so kind and / be so kind as to / be a dear and)",
        """
        (make sure to / make sure you / make sure that you / be sure to / see to it that you / ensure that you /
        remember to / do not forget to / never forget to)
        """,
        "(help me / let us / let me / may i / can i / could i / can we / could we / shall we) [please]",
        """
        (from now on / starting now / the plan is to / it is time to / time to / one more thing / another thing / good
        news / quick question)
        """,
        "(thank you / thanks a lot / never mind)",
        "(you can / you may / you could / feel free to) [now|also|just|please]",
        "(i think you should / i think we should / i guess you should / you should / please do)",
    ])

    /// The word can be padding, so that what follows it decides.
    static func mayBegin(with first: Piece) -> Bool {
        greetings.contains(first.key) || openings.hasPattern(beginningWith: first.word)
    }

    /// Words at the front that make a request of what is otherwise an order stay: "I want" alone is no padding.
    private static func strippingFront(_ pieces: Pieces) -> Pieces {
        guard let first = pieces.first, first.isWord, !pieces.keys.prefix(3).starts(with: ["let", "me", "know"]) else {
            return pieces
        }
        if let count = openings.firstPrefixLength(of: pieces) { return Array(pieces[count...]) }
        guard greetings.contains(first.key), pieces.words.count > 1 else { return pieces }
        if keepsItsMeaning(first, before: pieces) { return pieces }
        return Array(pieces.dropFirst())
    }

    /// "look at …", "actually"; "yes" and "no" before an approval are left to the rules.
    private static func keepsItsMeaning(_ first: Piece, before pieces: Pieces) -> Bool {
        let next = pieces.dropFirst().first { !$0.isMark }?.key ?? ""
        if first.key == "let" { return true }
        if first.key == "only" { return !Lexicon.tellVerbs.contains(next) }
        if first.key == "first" { return !Lexicon.runVerbs.contains(next) && !Lexicon.requestVerbs.contains(next) }
        if first.key == "look" { return ["at", "up", "into", "for"].contains(next) }
        return first.key == "right" && next == "now"
    }

    // MARK: Back

    private static let closings: Set<String> = [
        "please", "pls", "plz", "plse", "thanks", "thx", "ty", "lol", "haha", "hehe", "cheers", "mate", "ok", "okay",
        "kthx", "tnx", "buddy", "friend", "😀", "🙏", "👍", "🙂", "❤️", "rota", "thankyou", "ta", "dude", "man", "asap",
        "kindly",
    ]

    private static let endings: [[String]] = [
        ["thank", "you"], ["thank", "you", "so", "much"], ["thanks", "a", "lot"], ["thanks", "so", "much"],
        ["for", "me"], ["if", "you", "can"], ["if", "possible"], ["if", "you", "please"], ["would", "you"],
        ["will", "you"], ["can", "you"], ["could", "you"], ["if", "you", "could"], ["if", "you", "do", "not", "mind"],
        ["many", "thanks"], ["thanks", "in", "advance"], ["on", "my", "behalf"], ["when", "you", "can"],
        ["as", "well"], ["is", "that", "ok"], ["is", "that", "possible"], ["that", "would", "be", "great"],
        ["ok", "thanks"], ["much", "appreciated"], ["if", "that", "is", "ok"], ["if", "that", "is", "possible"],
    ]

    private static let endingWords = Set(endings.compactMap(\.last))

    /// Without what a person adds at the end: "please", "thanks a lot".
    static func strippedBack(_ pieces: Pieces) -> Pieces {
        repeated(pieces, strippingBack)
    }

    /// An order about a job without what may stand behind one; in a reminder such words are the person's own.
    static func orderAlone(_ pieces: Pieces) -> Pieces {
        repeated(pieces) { withoutRemark(strippingBack($0)) }
    }

    private static func repeated(_ pieces: Pieces, _ step: (Pieces) -> Pieces) -> Pieces {
        var result = pieces.trimmed
        var before = -1
        while result.count != before {
            before = result.count
            result = step(result).trimmed
        }
        return result
    }

    private static let sideRemarks: [[String]] = [
        ["straight", "away"], ["right", "away"], ["as", "soon", "as", "possible"],
        ["when", "you", "get", "a", "chance"], ["if", "that", "is", "all", "right"], ["if", "you", "would"],
        ["please", "and", "thanks"], ["would", "you", "please"],
    ]

    private static func withoutRemark(_ pieces: Pieces) -> Pieces {
        for remark in sideRemarks where pieces.count > remark.count + 1 {
            let tail = pieces.suffix(remark.count)
            if tail.allSatisfy(\.isWord), tail.map(\.key) == remark { return Array(pieces.dropLast(remark.count)) }
        }
        return pieces
    }

    /// Words for the listener: "call a friend" and "ask the man" mean somebody else.
    private static let vocatives: Set<String> = ["mate", "buddy", "friend", "rota", "dude", "man"]

    /// Verbs whose object is what a person adds at the end elsewhere: "say thanks".
    private static let saying: Set<String> = ["say", "saying", "write", "shout", "whisper", "answer", "reply"]

    private static func strippingBack(_ pieces: Pieces) -> Pieces {
        guard let last = pieces.last, last.isWord else { return pieces }
        if closings.contains(last.key), pieces.words.count > 1 {
            return closes(last, pieces.dropLast()) ? Array(pieces.dropLast()) : pieces
        }
        guard endingWords.contains(last.key) else { return pieces }
        for ending in endings where pieces.count > ending.count {
            let tail = pieces.suffix(ending.count)
            guard tail.allSatisfy(\.isWord), tail.map(\.key) == ending else { continue }
            let rest = pieces.dropLast(ending.count)
            return rest.last.map { saying.contains($0.key) } == true ? pieces : Array(rest)
        }
        return pieces
    }

    /// The last word is said to the listener, and is no part of what is said before.
    private static func closes(_ last: Piece, _ rest: ArraySlice<Piece>) -> Bool {
        guard let before = rest.last, !saying.contains(before.key) else { return false }
        return !vocatives.contains(last.key) || !before.isWord || before.key == "you" || closings.contains(before.key)
    }
}
