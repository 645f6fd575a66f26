import JobModel

/// The actions that are a part of the program, by the name that the catalogue has for them.
enum BuiltInActions {
    static func all(_ services: ActionServices) -> [String: any CatalogueAction] {
        let endpoint = WebEndpoint(web: services.web, vault: services.secrets)
        let pages = PageSource(endpoint: endpoint, cache: services.pageFolder.map(PageCache.init))
        let places = FilePlaces(home: services.home)
        return [
            "assert": AssertAction(zone: services.zone),
            "compare": CompareAction(),
            "email": EmailAction(),
            "emit": EmitAction(store: services.store, wake: services.wake),
            "extract": ExtractAction(),
            "fail": FailAction(),
            "feed": FeedAction(pages: pages),
            "fetch": FetchAction(pages: pages),
            "git": GitAction(log: GitLog(searchPath: services.searchPath), places: places, zone: services.zone),
            "http": HTTPCallAction(endpoint: endpoint),
            "playbook": PlaybookAction(run: services.playbooks),
            "query": QueryAction(history: services.history),
            "read": ReadAction(places: places),
            "report": ReportAction(),
            "save": SaveAction(places: places),
            "set": SetAction(),
            "system": SystemAction(),
            "wait": WaitAction(zone: services.zone),
        ]
    }
}
