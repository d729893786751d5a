-- Facts about items whose rows have yet to be rebuilt from the journal: filled by a salvage, needed until the
-- rebuild that follows it is complete. meta 'rebuild' says that one is due: arrivals since then (UTC ms; 0:
-- all) may have no row.

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
