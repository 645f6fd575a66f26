import Foundation
import JobModel

/// A file that a step names: the folder that the plan fixed, and the names below it.
///
/// Whatever fills the holes of a path can choose among files of that folder and never leave it.
struct FilePlace: Hashable, Sendable {
    /// Absolute; links in it are followed, as the person wrote it.
    var folder: String
    /// Below the folder, at least one; no link among them is followed.
    var names: [String]

    var path: String { "\(folder)/\(names.joined(separator: "/"))" }
}

/// Reads paths as steps write them: absolute, or below the home folder.
struct FilePlaces: Sendable {
    let home: String

    /// - Parameters:
    ///   - path: with every hole filled.
    ///   - approved: as the plan has it; up to its first hole it names the folder.
    func place(_ path: String, approved: String) throws(ActionProblem) -> FilePlace {
        let shown = ResultText.firstLine(path)
        guard !path.utf8.contains(0), path.utf8.count < 4_000 else { throw ActionProblem("\(shown) is no path") }
        let folder = try folder(of: approved)
        let full = absolute(path)
        guard full.hasPrefix(folder + "/") else { throw ActionProblem("\(shown) lies outside of \(folder)") }
        let names = full.dropFirst(folder.count + 1).split(separator: "/").map(String.init).filter { $0 != "." }
        guard !names.isEmpty, !full.hasSuffix("/") else { throw ActionProblem("\(shown) names no file") }
        guard !names.contains("..") else { throw ActionProblem("\(shown) lies outside of \(folder)") }
        let isFixed = !approved.contains("{{")
        guard isFixed || !names.contains(where: { $0.hasPrefix(".") }) else {
            throw ActionProblem("\(shown) is hidden, which only a path without holes may be")
        }
        return FilePlace(folder: folder, names: names)
    }

    /// A folder or file without holes, as the kernel takes it.
    func fixed(_ path: String) throws(ActionProblem) -> String {
        guard !path.contains("{{"), !path.utf8.contains(0), !path.isEmpty else {
            throw ActionProblem("\(ResultText.firstLine(path)) has a hole, which nobody could approve")
        }
        return absolute(path)
    }

    private func folder(of approved: String) throws(ActionProblem) -> String {
        let fixed = approved.firstRange(of: "{{").map { String(approved[..<$0.lowerBound]) } ?? approved
        guard let slash = fixed.lastIndex(of: "/") else {
            guard !approved.contains("{{") else {
                throw ActionProblem("the path \(approved) begins with a hole; name its folder first, as in ~/reports/")
            }
            return withoutSlash(home)
        }
        let folder = withoutSlash(absolute(String(fixed[...slash])))
        guard !folder.isEmpty, !folder.split(separator: "/").contains("..") else {
            throw ActionProblem("\(approved) names no folder of yours")
        }
        return folder
    }

    private func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let rest = path == "~" ? "" : path.hasPrefix("~/") ? String(path.dropFirst(2)) : path
        return "\(withoutSlash(home))/\(rest)"
    }

    private func withoutSlash(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }
}

/// Descriptors that lead to a file without following a link below its folder.
enum FileWay {
    /// The folder that holds the file, open for reading; whoever gets it closes it.
    ///
    /// - Parameter makesFolders: those below the fixed folder that do not exist, private.
    static func parent(of place: FilePlace, makesFolders: Bool) throws(ActionProblem) -> Int32 {
        var descriptor = open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ActionProblem("the folder \(place.folder) \(reason())") }
        for name in place.names.dropLast() {
            if makesFolders { mkdirat(descriptor, name, 0o700) }
            let next = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let problem = next < 0 ? reason() : ""
            close(descriptor)
            guard next >= 0 else { throw ActionProblem("the folder \(name) in \(place.folder) \(problem)") }
            descriptor = next
        }
        return descriptor
    }

    /// "does not exist", "is a link", or what the kernel says.
    static func reason(_ code: Int32 = errno) -> String {
        switch code {
        case ENOENT: "does not exist"
        case ELOOP: "is a link, which is not followed"
        case ENOTDIR: "is no folder"
        default: "cannot be used: \(String(cString: strerror(code)))"
        }
    }

    /// Of a regular file; refuses everything else.
    static func size(_ descriptor: Int32, _ shown: String) throws(ActionProblem) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ActionProblem("\(shown) is no file")
        }
        return Int(status.st_size)
    }
}
