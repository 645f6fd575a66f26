/// The files of `Actions/` as the build embeds them.
///
/// The build makes one constant for each file and no list of them, so a new file is named here too; the tests compare
/// this list with the folder.
enum EmbeddedActions {
    static var files: [[UInt8]] {
        [
            PackageResources.agent_json,
            PackageResources.assert_json,
            PackageResources.compare_json,
            PackageResources.email_json,
            PackageResources.emit_json,
            PackageResources.extract_json,
            PackageResources.fail_json,
            PackageResources.feed_json,
            PackageResources.fetch_json,
            PackageResources.git_json,
            PackageResources.http_json,
            PackageResources.notify_json,
            PackageResources.playbook_json,
            PackageResources.prompt_json,
            PackageResources.query_json,
            PackageResources.read_json,
            PackageResources.report_json,
            PackageResources.save_json,
            PackageResources.script_json,
            PackageResources.set_json,
            PackageResources.system_json,
            PackageResources.wait_json,
        ]
    }
}
