import JobModel

/// The actions that are a part of the program, by the name that the catalogue has for them.
enum BuiltInActions {
    static func all(_ services: ActionServices) -> [String: any CatalogueAction] {
        [
            "assert": AssertAction(zone: services.zone),
            "compare": CompareAction(),
            "emit": EmitAction(store: services.store, wake: services.wake),
            "fail": FailAction(),
            "set": SetAction(),
        ]
    }
}
