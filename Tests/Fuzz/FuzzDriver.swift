import Foundation

/// libFuzzer's own entry. Giving it arguments and a function keeps `main` ours.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The package builder renames an executable's `main` to this; libFuzzer's library brings the one that is started.
@_cdecl("Fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    let name = ProcessInfo.processInfo.environment["ROTA_FUZZ_TARGET"] ?? ""
    var count = count
    var arguments = arguments
    switch name {
    case "cron": return runDriver(&count, &arguments) { CronFuzz.run(text($0, $1)) }
    case "phrases": return runDriver(&count, &arguments) { PhraseFuzz.run(text($0, $1)) }
    case "requests": return runDriver(&count, &arguments) { RequestFuzz.run(text($0, $1)) }
    case "answers":
        return runDriver(&count, &arguments) { AnswerFuzz.run(Array(UnsafeBufferPointer(start: $0, count: $1))) }
    case "json": return runDriver(&count, &arguments) { JSONFuzz.run(text($0, $1)) }
    case "templates": return runDriver(&count, &arguments) { TemplateFuzz.run(text($0, $1)) }
    case "conditions": return runDriver(&count, &arguments) { ConditionFuzz.run(text($0, $1)) }
    case "playbooks": return runDriver(&count, &arguments) { PlaybookFuzz.run(text($0, $1)) }
    default:
        FileHandle.standardError.write(
            Data("Fuzz: ROTA_FUZZ_TARGET is one of the names that Scripts/fuzz takes\n".utf8))
        return 64
    }
}

/// Wanted by libFuzzer's library, and never called: the function above is given to it.
@_cdecl("LLVMFuzzerTestOneInput")
public func unusedTest(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { 0 }

/// Bytes that are no UTF-8 become replacement characters, as in every text that the program reads.
private func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
}

/// What has to hold for every text. Unlike a precondition it says in a release build, too, what was broken.
func promise(_ holds: Bool, _ broken: @autoclosure () -> String) {
    guard !holds else { return }
    fatalError("broken promise: \(broken())")
}
