/// Recognises words that ask for nothing.
enum SmallTalk {
    private static let core: Set<String> = [
        "thanks", "thank", "thx", "ty", "hi", "hello", "hey", "hiya", "howdy", "bye", "goodbye", "cheers", "great",
        "awesome", "nice",
        "cool", "lol", "haha", "love", "sorry", "wow", "welcome", "congrats", "lifesaver", "perfect", "amazing",
        "brilliant", "wonderful", "excellent", "fantastic", "super", "sweet", "good", "ok", "okay", "yay", "lovely",
        "greetings", "cya", "ciao", "well", "fine", "helpful", "appreciate", "appreciated", "morning", "evening",
        "afternoon", "night", "cute", "funny", "joke", "story", "weather", "kthx", "neat", "rock", "hero", "legend",
    ]

    private static let around: Set<String> = [
        "you", "are", "is", "a", "the", "an", "so", "very", "much", "lot", "that", "this", "it", "was", "be", "have",
        "day", "one", "my", "me", "i", "am", "for", "of", "and", "how", "what", "up", "doing", "going", "do", "to",
        "see", "later", "soon", "there", "all", "your", "help", "best", "really", "job", "done", "again", "too",
        "today",
        "tomorrow", "feel", "feeling", "tell", "not", "bad", "no", "problem", "worries", "just", "works", "work",
        "did", "in", "on", "at", "like", "who", "made", "name", "robot", "friend", "everyone", "ever", "as", "always",
        "friends", "life", "mate", "buddy", "man", "dude", "pal", "please", "then", "now", "would", "could", "can",
        "about", "things", "with", "were",
    ]

    /// Small talk holds at least one of its own words and none that could be a request.
    static func isSmallTalk(_ pieces: Pieces) -> Bool {
        guard pieces.count <= 30, pieces.contains(where: { core.contains($0.key) }) || pieces.count <= 6 else {
            return false
        }
        var words = pieces.words.flatMap { $0.key.split(separator: " ").map(String.init) }
        words.removeAll { $0.allSatisfy { !$0.isLetter && !$0.isNumber } }
        guard !words.isEmpty, words.count <= 12 else { return false }
        return words.contains(where: core.contains) && words.allSatisfy { core.contains($0) || around.contains($0) }
            || phrases.contains(words.joined(separator: " "))
    }

    private static let phrases: Set<String> = [
        "how are you", "how are you doing", "what is up", "how is it going", "who made you", "what is your name",
        "are you a robot", "are you human", "are you there", "how do you do", "how is your day", "see you",
    ]
}
