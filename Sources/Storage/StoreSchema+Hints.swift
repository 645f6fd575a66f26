/// What jobs that re-time themselves added: each hint, and what was decided about it.
extension StoreSchema {
    static let hints = """
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
        ) STRICT;
        CREATE INDEX hint_job ON hint (job_id, id);
        CREATE INDEX hint_at ON hint (at);

        """
}
