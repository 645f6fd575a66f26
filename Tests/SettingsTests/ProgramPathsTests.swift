import Foundation
import Settings
import Testing

@Suite struct ProgramPathsTests {
    @Test func usesXDGPlacesBelowHome() {
        let paths = ProgramPaths(environment: ["HOME": "/home/ana"], userID: 1000)
        #expect(paths.configFile == "/home/ana/.config/rota/config.yaml")
        #expect(paths.store == "/home/ana/.local/share/rota/rota.db")
        #expect(paths.history == "/home/ana/.local/state/rota/history")
        #expect(paths.schedulerLog == "/home/ana/.local/state/rota/scheduler.log")
        #expect(paths.scriptsFolder == "/home/ana/.local/share/rota/scripts")
        #expect(paths.runtimeFolder == "/tmp/rota-1000")
        #expect(!paths.isOneFolder)
    }

    @Test func prefersXDGVariables() {
        let paths = ProgramPaths(
            environment: [
                "HOME": "/home/ana", "XDG_CONFIG_HOME": "/c/", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s",
                "XDG_RUNTIME_DIR": "/run/user/1000",
            ], userID: 1000)
        #expect(paths.configFile == "/c/rota/config.yaml")
        #expect(paths.store == "/d/rota/rota.db")
        #expect(paths.scriptCopies == "/s/rota/script-copies")
        #expect(paths.runtimeFolder == "/run/user/1000/rota")
    }

    @Test(arguments: ["", "relative/place", "./x"])
    func ignoresXDGVariablesThatAreNotAbsolute(_ value: String) {
        let paths = ProgramPaths(
            environment: ["HOME": "/home/ana", "XDG_DATA_HOME": value, "XDG_RUNTIME_DIR": value], userID: 7)
        #expect(paths.store == "/home/ana/.local/share/rota/rota.db")
        #expect(paths.runtimeFolder == "/tmp/rota-7")
    }

    @Test(arguments: [
        ("/srv/rota", "/srv/rota"), ("/srv/rota/", "/srv/rota"), ("box", "/work/box"), ("./box/", "/work/box"),
        (".", "/work"), ("~/box", "/home/ana/box"), ("~", "/home/ana"),
    ])
    func putsEverythingBelowRotaHome(_ value: String, _ root: String) {
        let paths = ProgramPaths(
            environment: ["HOME": "/home/ana", "ROTA_HOME": value, "XDG_DATA_HOME": "/d"], userID: 1000,
            currentFolder: "/work")
        #expect(paths.isOneFolder)
        #expect(paths.all.allSatisfy { $0.path.hasPrefix(root + "/") })
        #expect(paths.store == root + "/rota.db")
        #expect(paths.scriptsFolder == root + "/scripts")
        #expect(paths.runtimeFolder == root + "/run")
    }

    @Test func standsInForAMissingHome() {
        let paths = ProgramPaths(environment: [:], userID: 0, fallbackHome: "/root")
        #expect(paths.configFile == "/root/.config/rota/config.yaml")
    }

    @Test func keepsTheLockBesideTheStoreWhateverTheSession() {
        let login = ProgramPaths(environment: ["HOME": "/home/ana", "XDG_RUNTIME_DIR": "/run/user/1"], userID: 1)
        let cron = ProgramPaths(environment: ["HOME": "/home/ana"], userID: 1)
        #expect(login.runtimeFolder != cron.runtimeFolder)
        #expect(login.ownerLock == cron.ownerLock)
    }

    @Test func keepsRuntimeFolderShortEnoughForSockets() {
        let long = "/tmp/" + String(repeating: "deep/", count: 20) + "home"
        let first = ProgramPaths(environment: ["ROTA_HOME": long], userID: 1000)
        let again = ProgramPaths(environment: ["ROTA_HOME": long + "/"], userID: 1000)
        let other = ProgramPaths(environment: ["ROTA_HOME": long + "2"], userID: 1000)
        #expect(first.runtimeFolder.hasPrefix("/tmp/rota-1000/"))
        #expect(first.runtimeFolder.utf8.count < 70)
        #expect(first.runtimeFolder == again.runtimeFolder)
        #expect(first.runtimeFolder != other.runtimeFolder)
    }
}

@Suite struct FolderTests {
    @Test func createsEveryFolderForThisUserOnly() throws {
        try withTemporaryFolder { root in
            let paths = ProgramPaths(environment: ["ROTA_HOME": root + "/a/b"], userID: getuid())
            try paths.createFolders()
            for folder in [paths.dataFolder, paths.scriptsFolder, paths.scriptCopies, paths.runtimeFolder] {
                #expect(permissions(of: folder) == 0o700)
            }
            try paths.createFolders()
        }
    }

    @Test func keepsPermissionsThatAPersonChose() throws {
        try withTemporaryFolder { root in
            chmod(root, 0o755)
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: getuid())
            try paths.createFolders()
            #expect(permissions(of: root) == 0o755)
        }
    }

    @Test func makesItsOwnRuntimeFolderPrivateAgain() throws {
        try withTemporaryFolder { root in
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: getuid())
            mkdir(paths.runtimeFolder, 0o777)
            chmod(paths.runtimeFolder, 0o777)
            try paths.createFolders()
            #expect(permissions(of: paths.runtimeFolder) == 0o700)
        }
    }

    @Test func refusesALinkInPlaceOfTheRuntimeFolder() throws {
        try withTemporaryFolder { root in
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: getuid())
            mkdir(root + "/elsewhere", 0o700)
            symlink(root + "/elsewhere", paths.runtimeFolder)
            #expect(throws: FolderError.notAFolder(path: paths.runtimeFolder)) { try paths.createFolders() }
        }
    }

    @Test func namesTheFileThatIsInTheWay() throws {
        try withTemporaryFolder { root in
            try Data().write(to: URL(fileURLWithPath: root + "/scripts"))
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: getuid())
            #expect(throws: FolderError.notAFolder(path: root + "/scripts")) { try paths.createFolders() }
        }
    }

    private func permissions(of path: String) -> UInt32 {
        var found = stat()
        return lstat(path, &found) == 0 ? found.st_mode & 0o777 : 0
    }
}
