import Foundation
import JobModel

/// What an agent may do, and nothing else: each call is held to the grants of its step, and those to what the job was
/// approved for. Nothing here makes, changes or deletes a job, writes a file or sends anything but a GET.
struct AgentTools: Sendable {
    /// What became of a call.
    struct Outcome: Hashable, Sendable {
        enum Kind: Hashable, Sendable { case done, failed, refused }

        var kind: Kind
        /// What the model is given: foreign text.
        var text: String
        /// For the record, in the program's own words ("HTTP 200, 1204 bytes").
        var summary: String

        static func refused(_ reason: String) -> Outcome { Outcome(kind: .refused, text: reason, summary: reason) }
        static func failed(_ reason: String) -> Outcome { Outcome(kind: .failed, text: reason, summary: reason) }

        static func done(_ text: String, _ facts: String...) -> Outcome {
            let summary = (facts + ["\(text.utf8.count) bytes"]).joined(separator: ", ")
            return Outcome(kind: .done, text: text, summary: summary)
        }
    }

    let scripts: ScriptRunner
    let web: any WebRequester
    let store: (any JobStore)?
    let zone: String

    /// The grants that the job was approved for.
    static func granted(to order: AgentOrder, by capabilities: Capabilities) -> [AgentTool] {
        order.tools.filter { tool in
            switch tool {
            case .read(let folder): capabilities.folders.contains(folder)
            case .get(let address):
                AgentTool.isOpen(address)
                    ? capabilities.addresses.contains(address)
                    : HTTPAction.isApproved("GET", address, by: capabilities)
            case .script(let path, _): capabilities.scripts[path] != nil
            case .jobs: capabilities.listsJobs
            }
        }
    }

    /// The tools that the grants open, in the order in which they are told.
    static func names(for grants: [AgentTool]) -> [AgentRound.Tool] {
        let opened = grants.flatMap { grant -> [AgentRound.Tool] in
            switch grant {
            case .read: [.listFiles, .readFile]
            case .get: [.get]
            case .script: [.runScript]
            case .jobs: [.listJobs]
            }
        }
        return AgentRound.Tool.allCases.filter(opened.contains)
    }

    /// - Parameters:
    ///   - holdsPrivate: the agent knows something of the person's; then an address with a part of its own choice is
    ///     refused, since it could carry that away.
    ///   - timeout: seconds that are left.
    func use(
        _ call: AgentRound.Call, grants: [AgentTool], holdsPrivate: Bool, timeout: TimeInterval,
        in context: StepContext
    ) async -> Outcome {
        switch call.tool {
        case .listFiles, .readFile: files(call, grants: grants)
        case .get: await get(call.target, grants: grants, holdsPrivate: holdsPrivate, timeout: timeout)
        case .runScript: await run(call.target, grants: grants, timeout: timeout, in: context)
        case .listJobs: await list(grants: grants, now: context.now)
        }
    }

    // MARK: Files

    private func files(_ call: AgentRound.Call, grants: [AgentTool]) -> Outcome {
        let folders = grants.compactMap { if case .read(let folder) = $0 { folder } else { nil } }
        guard !folders.isEmpty else { return .refused("no folder may be read") }
        var refusals: [String] = []
        var failure: String?
        for folder in folders {
            let files = AgentFiles(folder: folder)
            do throws(AgentFiles.Problem) {
                return .done(
                    call.tool == .listFiles ? try files.list(call.target) : try files.read(call.target, from: call.from)
                )
            } catch {
                switch error {
                case .forbidden(let reason): refusals.append(reason)
                case .unusable(let reason): failure = failure ?? reason
                }
            }
        }
        return failure.map(Outcome.failed) ?? .refused(refusals.joined(separator: "; "))
    }

    // MARK: Addresses

    private func get(
        _ address: String, grants: [AgentTool], holdsPrivate: Bool, timeout: TimeInterval
    ) async -> Outcome {
        let granted = grants.compactMap { if case .get(let grant) = $0 { grant } else { nil } }
        let meeting = granted.filter { AgentAddress.matches(address, grant: $0) }
        guard !meeting.isEmpty else { return .refused("this address was not granted") }
        guard !holdsPrivate || meeting.contains(where: { !AgentTool.isOpen($0) }) else {
            return .refused("after something of the person's was read, only addresses granted word for word are left")
        }
        let request = WebRequest(
            method: "GET", url: address, timeout: min(timeout, 60), limit: HTTPAction.bodyLimit)
        do {
            let answer = try await web.send(request)
            let text = HTTPAction.text(of: answer)
            guard (200...299).contains(answer.status) else {
                return Outcome(kind: .failed, text: "HTTP \(answer.status)\n\(text)", summary: "HTTP \(answer.status)")
            }
            return .done(text, "HTTP \(answer.status)")
        } catch {
            return .failed(error.message)
        }
    }

    // MARK: Scripts

    /// Names a granted script; its arguments are those of the grant, whatever the model would like.
    private func run(
        _ name: String, grants: [AgentTool], timeout: TimeInterval, in context: StepContext
    ) async -> Outcome {
        for case .script(let path, let arguments) in grants
        where name == path || name == ([path] + arguments).joined(separator: " ") {
            var context = context
            context.timeout = timeout
            let result = await scripts.run(path, arguments: arguments, zone: zone, in: context)
            guard let error = result.error else { return .done(result.text, "exit 0") }
            return Outcome(kind: .failed, text: "\(error)\n\(result.text)", summary: ResultText.firstLine(error))
        }
        return .refused("this script was not granted")
    }

    // MARK: Jobs

    private static let mostJobs = 200

    private func list(grants: [AgentTool], now: Date) async -> Outcome {
        guard grants.contains(.jobs), let store else { return .refused("the list of jobs was not granted") }
        guard let jobs = try? await store.jobs() else { return .failed("the jobs cannot be read") }
        let lines = jobs.prefix(Self.mostJobs).map { job in
            let when = job.schedules.map(\.text).joined(separator: "; ")
            let next = job.status == .active ? job.nextOccurrence(after: now).map { ", next \(RFC3339.text($0))" } : nil
            return "\(job.name): \(job.status.rawValue)\(when.isEmpty ? "" : ", \(when)")\(next ?? "")"
        }
        return .done(lines.joined(separator: "\n"))
    }
}
