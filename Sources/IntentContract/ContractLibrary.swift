import Foundation
import JobModel

/// The closed contract between people's words and the program: the files of `Intents/`, in the order of `Intent.bodies`.
package struct ContractLibrary: Sendable {
    package let documents: [ContractDocument]

    /// The contract that is built into the program.
    package static func embedded() throws(ContractError) -> ContractLibrary {
        try ContractLibrary(files: EmbeddedIntents.files)
    }

    /// Reads the contract again from a folder with one `NAME.json` for each intent; other files are left alone.
    package init(folder: URL) throws(ContractError) {
        let listing = try? FileManager.default.contentsOfDirectory(
            at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        guard let listing else { throw ContractError(file: folder.path, reason: .unreadable) }
        var files: [String: [UInt8]] = [:]
        for file in listing where file.pathExtension == "json" {
            guard let data = try? Data(contentsOf: file) else {
                throw ContractError(file: file.lastPathComponent, reason: .unreadable)
            }
            files[file.deletingPathExtension().lastPathComponent] = [UInt8](data)
        }
        try self.init(files: files)
    }

    /// `files` holds the bytes of each file by the name of its intent. Every intent of the program must be there, and
    /// nothing else: a contract that says more or less than the program does would promise what nobody keeps.
    package init(files: [String: [UInt8]]) throws(ContractError) {
        let names = Intent.bodies.map { $0.intentName }
        if let stranger = files.keys.filter({ !names.contains($0) }).min() {
            throw ContractError(file: "\(stranger).json", reason: .unknownIntent)
        }
        var documents: [ContractDocument] = []
        for name in names {
            guard let bytes = files[name] else { throw ContractError(file: "\(name).json", reason: .missing) }
            documents.append(try Self.document(bytes, named: name))
        }
        self.documents = documents
    }

    private static func document(_ bytes: [UInt8], named name: String) throws(ContractError) -> ContractDocument {
        let document: ContractDocument
        do {
            document = try JSONDecoder().decode(ContractDocument.self, from: Data(bytes))
        } catch {
            throw ContractError(file: "\(name).json", reason: .malformed("\(error)"))
        }
        guard document.intent == name else {
            throw ContractError(file: "\(name).json", reason: .otherName(document.intent))
        }
        return document
    }

    package subscript(name: String) -> ContractDocument? { documents.first { $0.intent == name } }
}

/// Why a contract cannot be used.
package struct ContractError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unreadable
        case missing
        case unknownIntent
        case malformed(String)
        case otherName(String)
    }

    package let file: String
    package let reason: Reason

    package var message: String {
        switch reason {
        case .unreadable: "\(file) cannot be read."
        case .missing: "\(file) is missing from the contract."
        case .unknownIntent: "\(file) describes no intent of this program."
        case .malformed(let detail): "\(file) is no contract file: \(detail)"
        case .otherName(let name): "\(file) describes the intent \"\(name)\"; file name and intent must agree."
        }
    }
}
