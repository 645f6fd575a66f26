/// The schema as SQLite reports it, by type and name.
enum SchemaSnapshot {
    static let version5 = """
        CREATE INDEX approval_job ON approval (job_id)
        CREATE INDEX delivery_queued ON delivery (not_before, id) WHERE state = 'queued'
        CREATE INDEX delivery_run ON delivery (run_id) WHERE run_id IS NOT NULL
        CREATE INDEX event_at ON event (at)
        CREATE INDEX hint_at ON hint (at)
        CREATE INDEX hint_job ON hint (job_id, id)
        CREATE UNIQUE INDEX job_name ON job (name_key) WHERE deleted_at IS NULL
        CREATE INDEX job_resume ON job (paused_until) WHERE paused_until IS NOT NULL
        CREATE INDEX job_trigger_due ON job_trigger (next_due, id) WHERE next_due IS NOT NULL
        CREATE INDEX job_trigger_event ON job_trigger (event_name) WHERE kind = 'event' AND removed = 0
        CREATE INDEX job_trigger_job ON job_trigger (job_id)
        CREATE INDEX kept_answer_at ON kept_answer (at)
        CREATE INDEX message_at ON message (at)
        CREATE INDEX message_run ON message (run_id) WHERE run_id IS NOT NULL
        CREATE INDEX message_unseen ON message (id) WHERE seen = 0
        CREATE INDEX run_due ON run (due)
        CREATE UNIQUE INDEX run_event ON run (trigger_id, event_id) WHERE event_id IS NOT NULL
        CREATE INDEX run_job ON run (job_id, due)
        CREATE UNIQUE INDEX run_occurrence ON run (job_id, trigger_id, due) WHERE cause = 'schedule'
        CREATE INDEX run_owned ON run (id) WHERE state IN ('claimed', 'running')
        CREATE INDEX run_queue ON run (priority, coalesce(not_before, due), id)
            WHERE state IN ('due', 'retrying', 'waiting')
        CREATE INDEX run_unfinished ON run (job_id) WHERE finished IS NULL
        CREATE INDEX spending_at ON spending (at)
        CREATE INDEX spending_job ON spending (job_id, at) WHERE job_id IS NOT NULL
        CREATE TABLE approval (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            plan_hash TEXT NOT NULL,
            reasons TEXT NOT NULL CHECK (json_valid(reasons)),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'expired')),
            created_at INTEGER NOT NULL,
            decided_at INTEGER,
            CHECK ((state = 'waiting') = (decided_at IS NULL))
        ) STRICT
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            summary TEXT NOT NULL,
            items TEXT NOT NULL CHECK (json_valid(items)),
            undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
        ) STRICT
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
        ) STRICT
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            at INTEGER NOT NULL,
            data TEXT NOT NULL CHECK (json_valid(data)),
            job_id INTEGER REFERENCES job (id),
            run_id INTEGER,
            depth INTEGER NOT NULL CHECK (depth >= 0)
        ) STRICT
        CREATE TABLE hint (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            run_id INTEGER,
            at INTEGER NOT NULL,
            rule TEXT NOT NULL CHECK (rule IN ('pause', 'hint', 'baseline', 'refused')),
            hint TEXT CHECK (hint IS NULL OR json_valid(hint)),
            expires INTEGER,
            baseline INTEGER,
            chosen INTEGER,
            clamped INTEGER NOT NULL CHECK (clamped IN (0, 1)),
            reason TEXT NOT NULL,
            CHECK ((hint IS NULL) = (rule = 'refused')),
            CHECK ((hint IS NULL) = (expires IS NULL)),
            CHECK (rule NOT IN ('pause', 'hint') OR chosen IS NOT NULL)
        ) STRICT
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
        , failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0), failing_since INTEGER CHECK ((failing_since IS NULL) = (failures = 0)), failed_at INTEGER CHECK ((failed_at IS NULL) = (failures = 0)), playbook TEXT CHECK (playbook IS NULL OR json_valid(playbook))) STRICT
        CREATE TABLE job_trigger (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER NOT NULL REFERENCES job (id),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('schedule', 'startup', 'event', 'manual')),
            definition TEXT NOT NULL CHECK (json_valid(definition)),
            next_due INTEGER CHECK (next_due IS NULL OR (kind = 'schedule' AND removed = 0)),
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        , event_name TEXT, pruned_through INTEGER) STRICT
        CREATE TABLE kept_answer (
            key TEXT PRIMARY KEY CHECK (key <> ''),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            model TEXT
        ) STRICT, WITHOUT ROWID
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id INTEGER REFERENCES job (id),
            run_id INTEGER REFERENCES run (id),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            seen INTEGER NOT NULL CHECK (seen IN (0, 1))
        ) STRICT
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            process_start INTEGER NOT NULL,
            machine TEXT NOT NULL,
            file INTEGER NOT NULL,
            taken_at INTEGER NOT NULL,
            clock_seen INTEGER NOT NULL
        ) STRICT
        CREATE TABLE remembered (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
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
            depth INTEGER NOT NULL, priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 0 AND 3), run_group TEXT, deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0), stops INTEGER NOT NULL DEFAULT 0 CHECK (stops >= 0), event_id INTEGER CHECK (event_id IS NULL OR cause = 'event'), through INTEGER CHECK (through IS NULL OR (state = 'skipped' AND through >= due)), inputs TEXT CHECK (inputs IS NULL OR json_valid(inputs)),
            CHECK (cause <> 'schedule' OR trigger_id IS NOT NULL),
            CHECK (state NOT IN ('claimed', 'running') OR token <> ''),
            CHECK (state <> 'retrying' OR not_before IS NOT NULL),
            CHECK ((state IN ('succeeded', 'failed', 'cancelled', 'skipped')) = (finished IS NOT NULL))
        ) STRICT
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
        CREATE TABLE spending (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            model TEXT NOT NULL CHECK (model <> ''),
            job_id INTEGER,
            run_id INTEGER CHECK (run_id IS NULL OR job_id IS NOT NULL),
            input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
            cached_tokens INTEGER NOT NULL CHECK (cached_tokens BETWEEN 0 AND input_tokens),
            output_tokens INTEGER NOT NULL CHECK (output_tokens >= 0),
            cost INTEGER NOT NULL CHECK (cost >= 0),
            is_estimated INTEGER NOT NULL CHECK (is_estimated IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),
            CHECK (state <> 'reserved' OR is_estimated = 1),
            CHECK (state <> 'released' OR cost = 0)
        ) STRICT
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
        ) STRICT, WITHOUT ROWID
        CREATE TRIGGER run_is_final BEFORE UPDATE ON run WHEN OLD.finished IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END
        """
}
