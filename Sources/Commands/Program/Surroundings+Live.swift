import ActionCatalogue
import Coordination
import Foundation
import HTTPTransport
import JobModel
import Notifications
import Planning
import ScheduleLanguage
import Settings
import Signing
import StepExecution

/// The real world as the planner sees it.
extension Workplace {
    func liveSurroundings(agreed: Set<String>) -> Surroundings {
        let names = settings.gateways.map(\.name)
        let scripts = ScriptFolder(path: program.paths.scriptsFolder)
        var surroundings = Surroundings(
            hasGateway: { names.contains($0.gateway) || $0.isConversation }, gatewayNames: names,
            isApproved: { agreed.contains($0) },
            inspectScript: { path in
                scripts.inspect(path).map { .init(path: $0.path, sha256: $0.sha256) }.mapError { .init($0.message) }
            },
            problemWithURL: { [grants = settings.httpGrants.map { $0.description.lowercased() }] url in
                Surroundings.problem(withURL: url, grants: grants)
            },
            repository: Repository.containing(FileManager.default.currentDirectoryPath),
            hasModel: settings.models.main != nil,
            calendars: settings.calendars.map(PhraseCalendar.init), agents: settings.agents.map(\.name),
            home: program.environment["HOME"])
        surroundings.mostSteps = settings.limits.steps
        let actions = actionFolder
        surroundings.actions = ActionCatalogue(own: actions.definitions)
        surroundings.inspectActionScript = { script in
            actions.inspect(script).map { .init(path: $0.path, sha256: $0.sha256) }.mapError { .init($0.message) }
        }
        return surroundings
    }

    func gateways() throws -> [any Gateway] {
        try settings.gateways.map { setting in
            switch setting.kind {
            case .file(let path): FileGateway(name: setting.name, path: path, zone: zone)
            case .webhook(let url, let variable):
                WebhookGateway(
                    name: setting.name, url: url, secret: try secret(of: setting.name, in: variable),
                    time: SystemTimeSource())
            }
        }
    }

    private func secret(of gateway: String, in variable: String?) throws -> WebhookSecret? {
        guard let variable else { return nil }
        guard let text = program.environment[variable], !text.isEmpty else {
            throw CommandFailure("The gateway \"\(gateway)\" takes its secret from \(variable), which is not set.")
        }
        do {
            return try WebhookSecret(text)
        } catch {
            throw CommandFailure("The secret of the gateway \"\(gateway)\" in \(variable) cannot be used: \(error)")
        }
    }
}

extension Surroundings {
    /// Why a URL cannot be requested, as a whole sentence; `nil` when it can.
    ///
    /// - Parameter grants: `host:port` pairs that may be plain http; `nil` allows it everywhere.
    static func problem(withURL url: String, grants: [String]? = nil) -> String? {
        do throws(HTTPError) {
            let address = try HTTPAddress(url)
            guard let grants, address.scheme == "http", !grants.contains(address.hostAndPort.lowercased()) else {
                return nil
            }
            return "\"\(url)\" is plain http, which is refused; use https, or allow it by "
                + "\"rota config set http.grants \(address.hostAndPort)\"."
        } catch {
            return "\"\(url)\" is no URL that can be requested: \(error.message)."
        }
    }
}

/// The git repository around a folder.
enum Repository {
    /// The repository's top folder, or `nil` outside of one.
    static func containing(_ folder: String) -> String? {
        var url = URL(filePath: folder).standardizedFileURL
        while true {
            if FileManager.default.fileExists(atPath: url.appending(path: ".git").path) { return url.path }
            let parent = url.deletingLastPathComponent()
            guard parent.path != url.path else { return nil }
            url = parent
        }
    }
}
