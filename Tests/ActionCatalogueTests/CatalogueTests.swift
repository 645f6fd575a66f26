import Foundation
import JobModel
import Schemas
import Testing

@testable import ActionCatalogue

@Suite("The action catalogue")
struct CatalogueTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/ActionCatalogue/Actions")

    @Test("holds every file of its folder under the file's name")
    func filesAndNames() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".json")
        }
        #expect(Set(files) == Set(ActionCatalogue().names.map { "\($0).json" }))
    }

    @Test("has an example for each action that its own schema accepts", arguments: ActionCatalogue().all)
    func example(_ definition: ActionDefinition) {
        #expect(ActionCatalogue().problems(of: ActionCall(definition.name, definition.example)) == [])
        #expect(!definition.summary.isEmpty)
        for touch in definition.touches { #expect(definition.parameter(touch.parameter) != nil, "\(touch)") }
    }

    @Test("names what is wrong with a call")
    func problems() {
        let catalogue = ActionCatalogue()
        #expect(catalogue.problems(of: ActionCall("fial")).map(\.message) == ["there is no action \"fial\""])
        #expect(catalogue.problems(of: ActionCall("fail")).map(\.message) == ["the member \"reason\" is missing"])
        let kind = catalogue.problems(of: ActionCall("fail", ["reason": 3]))
        #expect(kind == [.init(pointer: "/reason", message: "must be string, not number")])
        #expect(catalogue.problems(of: ActionCall("set", ["values": "{{scan.value}}"])) == [])
    }
}
