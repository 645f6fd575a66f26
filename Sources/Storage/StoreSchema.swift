import GRDB

/// The tables, as SQL only: a migration never names a type of the program, and is not edited once released.
///
/// `user_version` of the file counts the migrations that it has; `application_id` says whose file it is.
enum StoreSchema {
    /// "ROTA" in ASCII.
    static let applicationID: Int32 = 0x524F_5441

    static let migrations: [String] = [
        first, StoreSchema.engine, StoreSchema.hints, StoreSchema.spending, StoreSchema.playbooks,
    ]

    /// Brings the file up to this version in one transaction; two processes that open it at once do it once.
    static func migrate(_ db: Database) throws {
        let applied = try version(of: db)
        guard applied < migrations.count else { return }
        try db.inTransaction(.immediate) {
            for migration in try migrations.dropFirst(version(of: db)) { try db.execute(sql: migration) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(migrations.count)")
            return .commit
        }
    }

    static func version(of db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }

    /// Moments are whole milliseconds since 1970 UTC. JSON columns hold the parts of a job that no query asks for.
    private static let first = jobs + runs + outcomes

    private static let jobs = """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'draft', 'finished')),
            paused_until INTEGER CHECK (paused_until IS NULL OR status = 'paused'),
            steps TEXT NOT NULL CHECK (json_valid(steps)),
            delivery TEXT NOT NULL CHECK (json_valid(delivery)),
            policies TEXT NOT NULL CHECK (json_valid(policies)),
            capabilities TEXT NOT NULL CHECK (json_valid(capabilities)),
            provenance TEXT NOT NULL CHECK (json_valid(provenance)),
            created_at INTEGER NOT NULL,
            deleted_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX job_name ON job (name_key) WHERE deleted_at IS NULL;
        CREATE INDEX job_resume ON job (paused_until) WHERE paused_until IS NOT NULL;

        CREATE TABLE job_trigger (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('schedule', 'startup', 'event', 'manual')),
            definition TEXT NOT NULL CHECK (json_valid(definition)),
            next_due INTEGER CHECK (next_due IS NULL OR (kind = 'schedule' AND removed = 0)),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT;
        CREATE INDEX job_trigger_job ON job_trigger (job_id);
        CREATE INDEX job_trigger_due ON job_trigger (next_due, id) WHERE next_due IS NOT NULL;

        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            summary TEXT NOT NULL,
            items TEXT NOT NULL CHECK (json_valid(items)),
            undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
        ) STRICT;

        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE approval (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            plan_hash TEXT NOT NULL,
            reasons TEXT NOT NULL CHECK (json_valid(reasons)),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'expired')),
            created_at INTEGER NOT NULL,
            decided_at INTEGER,
            CHECK ((state = 'waiting') = (decided_at IS NULL))
        ) STRICT;
        CREATE INDEX approval_job ON approval (job_id);

        """

    private static let runs = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            trigger_id INTEGER REFERENCES job_trigger (id),
            cause TEXT NOT NULL CHECK (cause IN ('schedule', 'event', 'manual')),
            due INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN (
                'due', 'claimed', 'running', 'retrying', 'waiting', 'succeeded', 'failed', 'cancelled', 'skipped')),
            late INTEGER NOT NULL CHECK (late IN (0, 1)),
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            token TEXT NOT NULL,
            not_before INTEGER,
            started INTEGER,
            finished INTEGER,
            reason TEXT,
            output TEXT,
            event TEXT CHECK (event IS NULL OR json_valid(event)),
            depth INTEGER NOT NULL,
            CHECK (cause <> 'schedule' OR trigger_id IS NOT NULL),
            CHECK (state NOT IN ('claimed', 'running') OR token <> ''),
            CHECK (state <> 'retrying' OR not_before IS NOT NULL),
            CHECK ((state IN ('succeeded', 'failed', 'cancelled', 'skipped')) = (finished IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX run_occurrence ON run (job_id, trigger_id, due) WHERE cause = 'schedule';
        CREATE INDEX run_unfinished ON run (job_id) WHERE finished IS NULL;
        CREATE INDEX run_due ON run (due);
        CREATE INDEX run_job ON run (job_id, due);
        CREATE TRIGGER run_is_final BEFORE UPDATE ON run WHEN OLD.finished IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

        CREATE TABLE step_run (
            run_id INTEGER NOT NULL REFERENCES run (id),
            position INTEGER NOT NULL CHECK (position >= 0),
            attempt INTEGER NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'skipped')),
            started INTEGER NOT NULL,
            finished INTEGER,
            result TEXT CHECK (result IS NULL OR json_valid(result)),
            process TEXT CHECK (process IS NULL OR json_valid(process)),
            PRIMARY KEY (run_id, attempt, position)
        ) STRICT, WITHOUT ROWID;

        """

    private static let outcomes = """
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER REFERENCES job (id),
            run_id INTEGER REFERENCES run (id),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            seen INTEGER NOT NULL CHECK (seen IN (0, 1))
        ) STRICT;
        CREATE INDEX message_unseen ON message (id) WHERE seen = 0;

        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER REFERENCES run (id),
            job_name TEXT NOT NULL,
            gateway TEXT NOT NULL,
            recipient TEXT,
            text TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'givenUp')),
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            created_at INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            finished INTEGER,
            reason TEXT
        ) STRICT;
        CREATE INDEX delivery_queued ON delivery (not_before, id) WHERE state = 'queued';

        """
}
