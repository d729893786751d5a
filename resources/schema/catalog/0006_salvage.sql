-- What is known of items whose rows are still to be made again from the journal: after a salvage, until the
-- rebuild that follows it is whole. meta 'rebuild' says that one is due: since when (UTC ms; 0: all) arrivals
-- may have no row.

CREATE TABLE salvaged_item(
    item INTEGER PRIMARY KEY       -- it was protected
);
CREATE TABLE salvaged_event(
    id        INTEGER PRIMARY KEY,
    camera    INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    protected INTEGER NOT NULL,
    reviewed  INTEGER NOT NULL
);
CREATE INDEX salvaged_event_camera ON salvaged_event(camera, start);
