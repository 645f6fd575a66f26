import Foundation

/// A name in a folder: where something has to happen for a path to mean another file.
struct WatchedPlace: Hashable, Sendable {
    /// Without links.
    var folder: String
    var name: String

    /// The places that a path depends on: its own last part, and every link on the way.
    ///
    /// The walk ends at the first part that does not exist: its coming is what to wait for.
    static func places(of path: String) -> Set<WatchedPlace> {
        var walk = Walk(left: parts(path))
        while walk.advance() {}
        return walk.places
    }

    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init).filter { $0 != "." }
    }

    private struct Walk {
        var left: [String]
        var places: Set<WatchedPlace> = []
        private var folder = ""
        /// Links in a circle lead nowhere.
        private var linksLeft = 40

        init(left: [String]) { self.left = left }

        mutating func advance() -> Bool {
            guard !left.isEmpty else { return false }
            let name = left.removeFirst()
            if name == ".." {
                folder = (folder as NSString).deletingLastPathComponent
                return true
            }
            let place = WatchedPlace(folder: folder.isEmpty ? "/" : folder, name: name)
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else {
                places.insert(place)
                return false
            }
            guard status.st_mode & S_IFMT == S_IFLNK else {
                if left.isEmpty { places.insert(place) }
                folder = path
                return true
            }
            places.insert(place)
            return follow(path)
        }

        private mutating func follow(_ link: String) -> Bool {
            linksLeft -= 1
            guard linksLeft > 0, let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else {
                return false
            }
            if target.hasPrefix("/") { folder = "" }
            left = WatchedPlace.parts(target) + left
            return true
        }
    }
}
