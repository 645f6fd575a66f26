/// What the scheduler's engine added: queues by priority and group, deaths, events, ownership, streaks of failures.
extension StoreSchema {
    static let engine = """
        ALTER TABLE run ADD COLUMN priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 0 AND 3);
        ALTER TABLE run ADD COLUMN run_group TEXT;
        ALTER TABLE run ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0);
        ALTER TABLE run ADD COLUMN stops INTEGER NOT NULL DEFAULT 0 CHECK (stops >= 0);
        ALTER TABLE run ADD COLUMN event_id INTEGER CHECK (event_id IS NULL OR cause = 'event');
        ALTER TABLE run ADD COLUMN through INTEGER CHECK (through IS NULL OR (state = 'skipped' AND through >= due));
        CREATE INDEX run_queue ON run (priority, coalesce(not_before, due), id) WHERE state IN ('due', 'retrying');
        CREATE UNIQUE INDEX run_event ON run (trigger_id, event_id) WHERE event_id IS NOT NULL;
        CREATE INDEX run_owned ON run (id) WHERE state IN ('claimed', 'running');

        ALTER TABLE job ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);
        ALTER TABLE job ADD COLUMN failing_since INTEGER CHECK ((failing_since IS NULL) = (failures = 0));
        ALTER TABLE job ADD COLUMN failed_at INTEGER CHECK ((failed_at IS NULL) = (failures = 0));

        ALTER TABLE job_trigger ADD COLUMN event_name TEXT;
        UPDATE job_trigger SET event_name = json_extract(definition, '$.event._0.name') WHERE kind = 'event';
        ALTER TABLE job_trigger ADD COLUMN pruned_through INTEGER;
        CREATE INDEX job_trigger_event ON job_trigger (event_name) WHERE kind = 'event' AND removed = 0;

        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            at INTEGER NOT NULL,
            data TEXT NOT NULL CHECK (json_valid(data)),
            job_id INTEGER REFERENCES job (id),
            run_id INTEGER,
            depth INTEGER NOT NULL CHECK (depth >= 0)
        ) STRICT;
        CREATE INDEX event_at ON event (at);
        CREATE INDEX message_at ON message (at);
        CREATE INDEX message_run ON message (run_id) WHERE run_id IS NOT NULL;
        CREATE INDEX delivery_run ON delivery (run_id) WHERE run_id IS NOT NULL;

        -- One row: whose claims count. The file is what a copy has not got: its inode and its machine.
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            process_start INTEGER NOT NULL,
            machine TEXT NOT NULL,
            file INTEGER NOT NULL,
            taken_at INTEGER NOT NULL,
            clock_seen INTEGER NOT NULL
        ) STRICT;

        """
}
