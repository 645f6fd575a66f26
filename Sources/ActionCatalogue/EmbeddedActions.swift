/// The files of `Actions/` as the build embeds them.
///
/// The build makes one constant for each file and no list of them, so a new file is named here too; the tests compare
/// this list with the folder.
enum EmbeddedActions {
    static var files: [[UInt8]] {
        [
            PackageResources.assert_json,
            PackageResources.compare_json,
            PackageResources.emit_json,
            PackageResources.fail_json,
            PackageResources.feed_json,
            PackageResources.fetch_json,
            PackageResources.http_json,
            PackageResources.set_json,
        ]
    }
}
