/// What the assistant can do, in a screen.
package enum HelpText {
    package static func lines(topic: String? = nil) -> [String] {
        [
            "Tell me in plain words what should happen and when. For example:",
            "  every weekday at 9 remind me to stand up",
            "  in 20 minutes tell me to call Ana",
            "  run scripts/backup.sh every night at 2am and tell me if it fails",
            "  every 30 minutes during business hours check https://example.com/queue",
            "  when a github issue is created tell me on slack",
            "About jobs: what is scheduled? · show the standup · move the standup to 10 · pause it until Monday",
            "  run the backup now · why did the backup fail? · what will run tomorrow? · delete the standup · undo",
            "Your settings: my time zone is Europe/Berlin · send everything to telegram by default",
            "What does 0 9 * * 1-5 mean? explains a cron expression.",
        ]
    }
}
