/// What playbooks have beyond jobs, and runs that wait in the middle of their steps.
extension StoreSchema {
    static let playbooks = """
        ALTER TABLE job ADD COLUMN playbook TEXT CHECK (playbook IS NULL OR json_valid(playbook));
        ALTER TABLE run ADD COLUMN inputs TEXT CHECK (inputs IS NULL OR json_valid(inputs));
        DROP INDEX run_queue;
        CREATE INDEX run_queue ON run (priority, coalesce(not_before, due), id)
            WHERE state IN ('due', 'retrying', 'waiting');

        """
}
