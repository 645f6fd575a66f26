import Testing

@testable import Interpreters

@Suite("Where conditions stand") struct ConditionPlaceTests {
    private static let page = "GET https://s.example.test/q"

    @Test(arguments: [
        "every hour if the load is over 4 tell me", "every hour, if the load is over 4, tell me",
        "if the load is over 4 tell me, every hour", "if the load is over 4, tell me every hour",
        "tell me every hour if the load is over 4", "tell me if the load is over 4 every hour",
        "every hour tell me, but only if the load is over 4", "every hour tell me when the load is over 4",
        "please check every hour and tell me in case the load is over 4",
    ])
    func beforeAndBehindTheOrder(_ text: String) {
        expectPlaybook(PlaybookExample(text, "system load", "tell me if load.number > 4"))
    }

    @Test(arguments: [
        "every day at 8 if https://s.example.test/q says green run scripts/a.sh",
        "every day at 8, if https://s.example.test/q says green, run scripts/a.sh",
        "every day at 8 if https://s.example.test/q says green then run scripts/a.sh",
        "every day at 8 run scripts/a.sh if https://s.example.test/q says green",
        "every day at 8 run scripts/a.sh, but only if https://s.example.test/q says green",
    ])
    func onAPage(_ text: String) {
        expectPlaybook(PlaybookExample(text, Self.page, #"scripts/a.sh if fetch contains "green""#))
    }

    @Test(arguments: [
        PlaybookExample(
            "every weekday at 18:00 run scripts/deploy.sh unless scripts/frozen.sh succeeds", "scripts/frozen.sh",
            "scripts/deploy.sh if not frozen succeeded"),
        PlaybookExample(
            "unless scripts/holiday.sh prints yes, run scripts/open.sh every weekday at 8", "scripts/holiday.sh",
            #"scripts/open.sh if not holiday contains "yes""#),
        PlaybookExample(
            "every hour unless the load is over 4 run scripts/index.sh", "system load",
            "scripts/index.sh if not load.number > 4"),
    ])
    func unless(_ example: PlaybookExample) { expectPlaybook(example) }

    @Test(arguments: [
        PlaybookExample(
            "every day at 7 run scripts/fetch.sh and if it prints nothing tell me", "scripts/fetch.sh",
            "tell me if fetch empty"),
        PlaybookExample(
            "every day at 7 run scripts/fetch.sh and email me if the output is empty", "scripts/fetch.sh",
            "tell email if fetch empty"),
        PlaybookExample(
            "every day at 7 run scripts/fetch.sh and tell me unless the output is empty", "scripts/fetch.sh",
            "tell me if not fetch empty"),
    ])
    func emptyOutput(_ example: PlaybookExample) { expectPlaybook(example) }

    @Test(arguments: [
        "otherwise do nothing", "else stay quiet", "otherwise ignore it", "and if not, leave me alone",
        "otherwise never mind",
    ])
    func otherwiseNothing(_ ending: String) {
        let text = "every hour check https://s.example.test/q, if it contains error tell me on slack, \(ending)"
        expectPlaybook(PlaybookExample(text, Self.page, #"tell slack if fetch contains "error""#))
    }

    @Test(arguments: [
        PlaybookExample("every day at 9 run scripts/a.sh, then tell me", "scripts/a.sh", "tell me"),
        PlaybookExample("every day at 9 run scripts/a.sh then tell me on slack", "scripts/a.sh", "tell slack"),
        PlaybookExample(
            "every day at 9 GET https://s.example.test/q then run scripts/b.sh and then tell me it is done", page,
            "scripts/b.sh", "tell me"),
    ])
    func thenTellMeIsAStep(_ example: PlaybookExample) { expectPlaybook(example) }

    @Test(
        "\"check whether … and tell me\": what is asked is the condition",
        arguments: [
            PlaybookExample(
                "every hour check if https://s.example.test/q contains sale and tell me", page,
                #"tell me if fetch contains "sale""#),
            PlaybookExample(
                "every hour check whether https://s.example.test/q is up and tell me if not", page,
                "tell me if not fetch succeeded"),
            PlaybookExample(
                "every hour check whether https://s.example.test/q is up, otherwise tell me it is down", page,
                "tell me if not fetch succeeded"),
            PlaybookExample(
                "every 10 minutes check if https://s.example.test/q returns 200, if not, tell me", page,
                "tell me if not fetch.status == 200"),
            PlaybookExample(
                "every hour check whether scripts/a.sh fails and warn me on slack", "scripts/a.sh",
                "tell slack if a failed"),
            PlaybookExample(
                "every hour if https://s.example.test/q contains sale, otherwise run scripts/b.sh", page,
                #"scripts/b.sh if not fetch contains "sale""#),
        ])
    func whether(_ example: PlaybookExample) { expectPlaybook(example) }
}
