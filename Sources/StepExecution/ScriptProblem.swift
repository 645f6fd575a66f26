/// Why a script cannot be run as it is.
package struct ScriptProblem: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case noName
        /// `..`, an absolute path elsewhere, or a link that leaves the folder.
        case outsideFolder
        case missingFolder
        case missing(near: [String])
        case notAFile
        case tooLarge
        case unreadable
        case writableByOthers(String)
        case foreignOwner(String)
        /// Neither a `#!` line nor an extension says which program runs it.
        case unknownKind
        case missingProgram([String])
        case notApproved
        case changed
    }

    package let reason: Reason
    /// A whole sentence that names the bad part and what would be right.
    package let message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}

/// A script as it was found: what an approval is bound to.
package struct ApprovedScript: Hashable, Sendable {
    /// Inside the scripts folder.
    package let path: String
    /// Of the content, hexadecimal.
    package let sha256: String
    /// The program that runs it, by its path.
    package let interpreter: String

    package init(path: String, sha256: String, interpreter: String) {
        self.path = path
        self.sha256 = sha256
        self.interpreter = interpreter
    }
}
