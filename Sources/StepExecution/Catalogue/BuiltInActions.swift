import JobModel

/// The actions that are a part of the program, by the name that the catalogue has for them.
enum BuiltInActions {
    static func all(_ services: ActionServices) -> [String: any CatalogueAction] {
        let endpoint = WebEndpoint(web: services.web, vault: services.secrets)
        let pages = PageSource(endpoint: endpoint, cache: services.pageFolder.map(PageCache.init))
        return [
            "assert": AssertAction(zone: services.zone),
            "compare": CompareAction(),
            "emit": EmitAction(store: services.store, wake: services.wake),
            "fail": FailAction(),
            "feed": FeedAction(pages: pages),
            "fetch": FetchAction(pages: pages),
            "http": HTTPCallAction(endpoint: endpoint),
            "set": SetAction(),
        ]
    }
}
