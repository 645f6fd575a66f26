import JobModel

extension PhraseParser {
    package func adjust(_ current: Schedule?, by phrase: String) -> PhraseReading { parse(phrase) }
}
