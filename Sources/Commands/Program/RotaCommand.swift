import ArgumentParser

/// The root command; words that are no command are a request (`Entry`).
struct RotaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rota",
        abstract: "An assistant for scheduled work: say what should happen and when.",
        discussion: """
            rota                      chat on a terminal; a pipe is read line by line
            rota "every weekday at 9 remind me to stand up"
                                      one request in words; --json for programs
            """,
        version: "0.1.0",
        subcommands: [
            ChatCommand.self, AskCommand.self, StartCommand.self, ProcessCommand.self, StatusCommand.self,
            MetricsCommand.self, CostCommand.self,
            PauseCommand.self, ResumeCommand.self, JobsCommand.self, RunsCommand.self, InboxCommand.self,
            PlaybooksCommand.self,
            ForecastCommand.self, ApprovalsCommand.self, ApproveCommand.self, RejectCommand.self, RunCommand.self,
            CancelCommand.self, UnlockJobsCommand.self, EmitCommand.self, EventsCommand.self, TriggersCommand.self,
            DeliveriesCommand.self, ScheduleCommand.self, InterpretCommand.self, TranscriptsCommand.self,
            ImportCommand.self, ExportCommand.self, RegistryCommand.self, ConfigCommand.self, PathsCommand.self,
            ActionsCommand.self, ModelsCommand.self, SecretsCommand.self, DoctorCommand.self,
        ])
}

/// `--json`, on every command that prints rows.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "One JSON object a line, each with \"type\" and \"v\".")
    var json = false
}
