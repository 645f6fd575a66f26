import Testing

@testable import Conversation

struct YesOrNoTests {
    @Test(arguments: ["y", "Yes", "yes please", "OK!", "go ahead", "allow"])
    func yes(text: String) { #expect(YesOrNo.read(text) == true) }

    @Test(arguments: ["n", "No.", "never mind", "cancel", "no, drop it", "forget it"])
    func no(text: String) { #expect(YesOrNo.read(text) == false) }

    @Test(arguments: ["yesterday at 5", "not now", "perhaps", "", "yes and delete everything"])
    func neither(text: String) { #expect(YesOrNo.read(text) == nil) }
}
