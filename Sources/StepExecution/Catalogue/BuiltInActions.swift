import JobModel

/// The actions that are a part of the program, by the name that the catalogue has for them.
enum BuiltInActions {
    static func all() -> [String: any CatalogueAction] {
        [
            "fail": FailAction(),
            "set": SetAction(),
        ]
    }
}
