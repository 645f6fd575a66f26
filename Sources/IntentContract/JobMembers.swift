import JobModel

/// The two ways in which a job is named: on the wire as two members of the intent (`"job": "reports", "all": true`),
/// in Swift as one `JobReference`.
enum JobMembers {
    /// The wire form made into what `JobReference` decodes; a document without a job is returned as it is.
    static func nested(_ document: JSONValue) -> JSONValue {
        guard case .object(var members) = document else { return document }
        let all = members.removeValue(forKey: "all")?.bool ?? false
        if let words = members["job"], words.string != nil {
            members["job"] = ["words": words, "all": .bool(all)]
        }
        return .object(members)
    }

    /// The wire form of an encoded body; `all` appears only where it is true.
    static func flat(_ document: JSONValue) -> JSONValue {
        guard case .object(var members) = document else { return document }
        guard let reference = members["job"], let words = reference["words"] else { return document }
        members["job"] = words
        if reference["all"]?.bool == true { members["all"] = true }
        return .object(members)
    }
}
