/// What models cost, and answers that may be given again.
extension StoreSchema {
    static let spending = """
        -- Micro-dollars. A job's number may be of one that is long gone, so it refers to no row.
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
        ) STRICT;
        CREATE INDEX spending_at ON spending (at);
        CREATE INDEX spending_job ON spending (job_id, at) WHERE job_id IS NOT NULL;

        CREATE TABLE kept_answer (
            key TEXT PRIMARY KEY CHECK (key <> ''),
            at INTEGER NOT NULL,
            text TEXT NOT NULL,
            model TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kept_answer_at ON kept_answer (at);

        """
}
