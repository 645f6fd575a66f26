/// The files of `Intents/` as the build embeds them, by the name of their intent.
///
/// The build makes one constant for each file and no list of them, so a new file is named here too; the tests compare
/// this table with the folder.
enum EmbeddedIntents {
    static var files: [String: [UInt8]] {
        [
            "create_job": PackageResources.create_job_json,
            "create_playbook": PackageResources.create_playbook_json,
            "update_job": PackageResources.update_job_json,
            "pause_job": PackageResources.pause_job_json,
            "resume_job": PackageResources.resume_job_json,
            "delete_job": PackageResources.delete_job_json,
            "run_job": PackageResources.run_job_json,
            "cancel_run": PackageResources.cancel_run_json,
            "snooze_job": PackageResources.snooze_job_json,
            "list_jobs": PackageResources.list_jobs_json,
            "show_job": PackageResources.show_job_json,
            "job_history": PackageResources.job_history_json,
            "forecast": PackageResources.forecast_json,
            "explain_schedule": PackageResources.explain_schedule_json,
            "scheduler_status": PackageResources.scheduler_status_json,
            "show_costs": PackageResources.show_costs_json,
            "pause_scheduler": PackageResources.pause_scheduler_json,
            "resume_scheduler": PackageResources.resume_scheduler_json,
            "approve": PackageResources.approve_json,
            "reject": PackageResources.reject_json,
            "set_preference": PackageResources.set_preference_json,
            "edit_playbook": PackageResources.edit_playbook_json,
            "test_job": PackageResources.test_job_json,
            "list_deliveries": PackageResources.list_deliveries_json,
            "acknowledge": PackageResources.acknowledge_json,
            "mute": PackageResources.mute_json,
            "undo": PackageResources.undo_json,
            "redo": PackageResources.redo_json,
            "help": PackageResources.help_json,
            "chat": PackageResources.chat_json,
        ]
    }
}
