import Foundation

/// The person's `config.yaml`: read, and changed one value at a time.
package struct SettingsFile: Hashable, Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// A key that the file sets, and where.
    package struct Value: Hashable, Sendable {
        package var key: String
        /// Lists with a comma and a blank between their items.
        package var value: String
        /// From 1.
        package var line: Int
    }

    /// What the file sets, in its order. Throws where the file is broken or sets something that does not exist.
    package func values() throws(SettingsError) -> [Value] {
        let document = try checkedDocument()
        return document.entries.filter { !$0.isEmpty }.map { Value(key: $0.key, value: $0.value, line: $0.line) }
    }

    /// What the file says about `key`; `nil` where it is silent. Throws for a key that no setting has.
    package func value(of key: String) throws(SettingsError) -> String? {
        try SettingsDocument.checkKey(key, at: .request)
        return try values().first { $0.key == key }?.value
    }

    /// Sets `key` and leaves everything else of the file, comments included, as it was.
    ///
    /// An unknown key or a value that does not fit is refused before anything is written. Makes the file (0600) and
    /// its folder (0700) where they are missing.
    package func set(_ key: String, to value: String) throws(SettingsError) {
        try SettingsDocument.checkKey(key, at: .request)
        try SettingsDocument.checkValue(value, of: key, at: .request)
        let isList = SettingDefinition.named(key)?.isList ?? false
        try write(try document().setting(key, to: value, asList: isList))
    }

    /// Takes `key` out of the file; false where it was not there.
    @discardableResult
    package func unset(_ key: String) throws(SettingsError) -> Bool {
        let document = try document()
        guard document.entry(key) != nil else {
            try SettingsDocument.checkKey(key, at: .request)
            return false
        }
        try write(try document.removing(key))
        return true
    }

    /// Takes a gateway with all its members out of the file; false where there is none of this name.
    @discardableResult
    package func removeGateway(_ name: String) throws(SettingsError) -> Bool {
        var document = try document()
        let keys = document.entries.map(\.key).filter { GatewayKey($0)?.name == name }
        for key in keys { document = try SettingsDocument(try document.removing(key), path: path) }
        guard !keys.isEmpty else { return false }
        try write(document.text)
        return true
    }

    func checkedDocument() throws(SettingsError) -> SettingsDocument {
        let document = try document()
        try document.check()
        return document
    }

    private func document() throws(SettingsError) -> SettingsDocument {
        try SettingsDocument(try read(), path: path)
    }
}

// MARK: The disk

extension SettingsFile {
    private static let largest = 1 << 20

    /// A file that does not exist reads as empty.
    private func read() throws(SettingsError) -> String {
        let place = SettingsError.Source.file(path: path, line: nil, column: nil)
        guard access(path, F_OK) == 0 else { return "" }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SettingsError(
                .unreadable(access(path, R_OK) == 0 ? "it is not a file" : "permission denied"), at: place)
        }
        guard data.count <= Self.largest else { throw SettingsError(.unreadable("it is larger than 1 MB"), at: place) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw SettingsError(.brokenYAML("it is not UTF-8 text"), at: place)
        }
        return text
    }

    /// Replaces the file in one step, so that a reader sees the old or the new text. A link stays a link.
    private func write(_ text: String) throws(SettingsError) {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let draft = target + ".\(getpid()).tmp"
        do throws(FolderError) {
            try ProgramPaths.makeFolder((target as NSString).deletingLastPathComponent)
        } catch {
            throw unwritable("\(error)")
        }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(String(cString: strerror(errno))) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data(text.utf8))
            try file.synchronize()
        } catch {
            unlink(draft)
            throw unwritable("\(error.localizedDescription)")
        }
        guard rename(draft, target) == 0 else {
            let detail = String(cString: strerror(errno))
            unlink(draft)
            throw unwritable(detail)
        }
    }

    private func unwritable(_ detail: String) -> SettingsError {
        SettingsError(.unwritable(detail), at: .file(path: path, line: nil, column: nil))
    }
}
