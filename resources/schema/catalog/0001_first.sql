-- Gatehouse's catalog: the cameras, what they sent, and what happened to it.
--
-- Invariants (each has a test in tests/core/catalog):
--  I1  A file is in its place and synced before its item row exists.
--  I2  A file is deleted in this order: item row -> garbage row (one transaction) -> unlink -> sync of the folder ->
--      garbage row gone. Every deletion leaves a row in `deletion` with its reason.
--  I3  Every item has a duration of 0 to 86,400,000 ms and every camera knows its longest
--      (camera.max_duration), so that the items on screen are one range of item_timeline.
--  I4  day_count, hour_count and the sums in camera always equal a full count; no query counts items.
--  I5  A camera's events equal what grouping all its items from scratch would produce, whatever the
--      order in which items arrived, were examined or were deleted.
--  I6  item and item_detail have the same ids; an id is never reused, not even after a deletion.
--  I7  An item's capture time follows from its camera's zone and its own clock offset: captured can
--      always be recomputed from the hint_ columns.
--
-- Times are UTC milliseconds, durations milliseconds; core/base/media_types.h numbers the enumerations.

CREATE TABLE meta(
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE archive(
    id    INTEGER PRIMARY KEY,
    uuid  TEXT NOT NULL UNIQUE,   -- from the folder's identity file
    root  TEXT NOT NULL DEFAULT ''
);

CREATE TABLE account(
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user       TEXT NOT NULL UNIQUE,
    salt       BLOB NOT NULL DEFAULT x'',
    hash       BLOB NOT NULL DEFAULT x'',
    iterations INTEGER NOT NULL DEFAULT 0,
    enabled    INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE camera(
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account        INTEGER NOT NULL REFERENCES account(id),
    key            TEXT,                  -- from its paths; NULL until they name one
    name           TEXT NOT NULL,
    zone           TEXT NOT NULL,
    clock_offset   INTEGER NOT NULL DEFAULT 0, -- for new items
    offset_learned INTEGER NOT NULL DEFAULT 0,
    offset_fixed   INTEGER NOT NULL DEFAULT 0,
    created        INTEGER NOT NULL,
    last_received  INTEGER NOT NULL DEFAULT 0,
    items          INTEGER NOT NULL DEFAULT 0,
    bytes          INTEGER NOT NULL DEFAULT 0,
    max_duration   INTEGER NOT NULL DEFAULT 0, -- never decreases
    merged_into    INTEGER REFERENCES camera(id),
    removed        INTEGER NOT NULL DEFAULT 0  -- hidden; its recordings stay
);
CREATE UNIQUE INDEX camera_key ON camera(account, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX camera_name ON camera(name COLLATE NOCASE) WHERE merged_into IS NULL AND removed = 0;

-- The columns that queries scan; the rest of an item is in item_detail, so that these rows stay dense.
CREATE TABLE item(
    id             INTEGER PRIMARY KEY,  -- (ms since 2020) << 12 | counter: increases with arrival
    camera         INTEGER NOT NULL REFERENCES camera(id),
    event          INTEGER,              -- NULL: scheduled, sidecar or other
    kind           INTEGER NOT NULL,
    trigger        INTEGER NOT NULL,
    subject        INTEGER NOT NULL,
    state          INTEGER NOT NULL,
    captured       INTEGER NOT NULL,
    duration       INTEGER NOT NULL CHECK(duration BETWEEN 0 AND 86400000),
    duration_known INTEGER NOT NULL,
    has_picture    INTEGER NOT NULL,     -- examined, and a poster could be made
    protected      INTEGER NOT NULL DEFAULT 0,
    bytes          INTEGER NOT NULL,
    received       INTEGER NOT NULL
);
-- A timeline lane is one range of this index and never touches the table.
CREATE INDEX item_timeline ON item(camera, captured, duration, kind, trigger, subject, state);
CREATE INDEX item_captured ON item(captured);
CREATE INDEX item_picture ON item(camera, captured) WHERE has_picture = 1;
CREATE INDEX item_unexamined ON item(id) WHERE state = 0;

CREATE TABLE item_detail(
    id            INTEGER PRIMARY KEY REFERENCES item(id),
    account       INTEGER NOT NULL,
    origin        INTEGER NOT NULL,  -- the camera that sent it; differs from item.camera after a merge
    archive       INTEGER NOT NULL REFERENCES archive(id),
    relative_path TEXT NOT NULL,
    source_path   TEXT NOT NULL,
    same_key      INTEGER NOT NULL,  -- 64-bit hash of account, source path and sha256
    sha256        BLOB NOT NULL,
    arrivals      INTEGER NOT NULL DEFAULT 1,
    live          INTEGER NOT NULL,
    cut           INTEGER NOT NULL,  -- the upload ended abnormally
    extends       INTEGER,           -- an earlier item whose bytes are a prefix of this one's
    time_source   INTEGER NOT NULL,
    clock_offset  INTEGER NOT NULL,  -- already subtracted from `captured`
    hint_local    INTEGER,           -- time in the name, ms since 1970 on a clock without a zone
    hint_utc      INTEGER,
    hint_source   INTEGER NOT NULL,
    reason        TEXT NOT NULL DEFAULT '',
    width         INTEGER NOT NULL DEFAULT 0,
    height        INTEGER NOT NULL DEFAULT 0,
    container     TEXT NOT NULL DEFAULT '',
    video_codec   TEXT NOT NULL DEFAULT '',
    audio_codec   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX item_detail_same ON item_detail(same_key);
CREATE INDEX item_detail_extends ON item_detail(extends) WHERE extends IS NOT NULL;

CREATE TABLE event(
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    camera     INTEGER NOT NULL REFERENCES camera(id),
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    trigger    INTEGER NOT NULL,
    subject    INTEGER NOT NULL,
    stills     INTEGER NOT NULL,
    clips      INTEGER NOT NULL,
    poster     INTEGER,
    first_item INTEGER NOT NULL,
    worst      INTEGER NOT NULL,
    protected  INTEGER NOT NULL,
    reviewed   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_camera ON event(camera, start);
CREATE INDEX event_start ON event(start);

-- day: days since 1970 on the calendar of the camera's zone; events count on the day they start.
CREATE TABLE day_count(
    day      INTEGER NOT NULL,
    camera   INTEGER NOT NULL,
    clips    INTEGER NOT NULL,
    stills   INTEGER NOT NULL,
    events   INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY(day, camera)
) WITHOUT ROWID;

-- hour: UTC milliseconds / 3,600,000.
CREATE TABLE hour_count(
    hour     INTEGER NOT NULL,
    camera   INTEGER NOT NULL,
    clips    INTEGER NOT NULL,
    stills   INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    PRIMARY KEY(hour, camera)
) WITHOUT ROWID;

-- What an account sees over FTP of its own uploads, independent of what the archive stores. The code calls
-- the rows FtpEntry; the table keeps its old name because renaming it would mean migrating catalogs with
-- millions of rows, which an older Gatehouse could then no longer open.
CREATE TABLE view(
    account   INTEGER NOT NULL REFERENCES account(id),
    path      TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    modified  INTEGER NOT NULL,
    item      INTEGER,
    sha256    BLOB NOT NULL,
    touched   INTEGER NOT NULL,
    PRIMARY KEY(account, path)
) WITHOUT ROWID;
CREATE INDEX view_touched ON view(touched);
CREATE INDEX view_item ON view(item) WHERE item IS NOT NULL;

CREATE TABLE garbage(
    item          INTEGER PRIMARY KEY,
    archive       INTEGER NOT NULL REFERENCES archive(id),
    relative_path TEXT NOT NULL,
    reason        TEXT NOT NULL
);

CREATE TABLE deletion(
    item        INTEGER PRIMARY KEY,
    camera      INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    captured    INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    sha256      BLOB NOT NULL,
    source_path TEXT NOT NULL,
    reason      TEXT NOT NULL,
    at          INTEGER NOT NULL
);
