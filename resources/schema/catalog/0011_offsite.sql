-- What is copied off-site (core/offsite/part.h numbers parts, ranks and states).
--
--  I13 Every row of outbox has its item, and goes with it; never two for one object.
--  I14 outbox_count always equals a full count of outbox.
--  I15 An object is never sent before its row has its key and state 1, and is durable (3) only once the server's
--      size and checksum were its own: killed at any moment, the next run looks under that key first.

CREATE TABLE outbox(
    item        INTEGER NOT NULL,
    part        INTEGER NOT NULL,            -- 0 original, 1 low-res copy, 2 poster
    rank        INTEGER NOT NULL CHECK(rank BETWEEN 0 AND 3), -- lower ones go first
    state       INTEGER NOT NULL DEFAULT 0 CHECK(state BETWEEN 0 AND 4),
    generation  INTEGER NOT NULL,            -- other than outbox_survey's: was for another bucket
    bytes       INTEGER NOT NULL,            -- 0: not made yet
    look_first  INTEGER NOT NULL DEFAULT 0,  -- an earlier catalog may have sent it
    next_try    INTEGER NOT NULL DEFAULT 0,  -- not before then
    attempts    INTEGER NOT NULL DEFAULT 0,  -- failed ones
    bad_digests INTEGER NOT NULL DEFAULT 0,  -- of those, where other bytes arrived
    key         TEXT NOT NULL DEFAULT '',    -- '': not decided yet; never changes afterwards
    upload      BLOB NOT NULL DEFAULT x'',   -- id of its multipart upload; x'': none
    part_size   INTEGER NOT NULL DEFAULT 0,  -- of the multipart upload; 0: in one piece
    etag        TEXT NOT NULL DEFAULT '',    -- as the server gave it
    sha256      BLOB NOT NULL DEFAULT x'',   -- of what was sent
    reason      TEXT NOT NULL DEFAULT '',    -- the latest failure, as a sentence
    remedy      INTEGER NOT NULL DEFAULT 0,  -- who can help: s3::Remedy
    created     INTEGER NOT NULL,
    durable_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(item, part)
) WITHOUT ROWID;
-- The next ones of each rank, newest first.
CREATE INDEX outbox_next ON outbox(rank, item, next_try) WHERE state < 3;
CREATE INDEX outbox_due ON outbox(next_try) WHERE state < 3 AND next_try > 0;
CREATE INDEX outbox_failed ON outbox(item) WHERE state = 4;
CREATE INDEX outbox_upload ON outbox(item) WHERE upload <> x'';

-- Which bucket and which choices the rows are for, and how far older items have been looked through, newest first.
-- Not copied by a salvage, which loses the outbox, too: then all are looked through again.
CREATE TABLE outbox_survey(
    only       INTEGER PRIMARY KEY CHECK(only = 1),
    generation INTEGER NOT NULL,
    bucket     TEXT NOT NULL,
    choices    TEXT NOT NULL,
    below      INTEGER NOT NULL,  -- items from here on are done; 0: all are
    down_to    INTEGER NOT NULL   -- the last item to look at
);
INSERT INTO outbox_survey VALUES(1, 0, '', '', 0, 0);

-- A backlog may have a million rows, and the status bar shows how many wait.
CREATE TABLE outbox_count(
    rank  INTEGER NOT NULL,
    state INTEGER NOT NULL,
    files INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(rank, state)
) WITHOUT ROWID;
INSERT INTO outbox_count(rank, state)
    SELECT r.column1, s.column1 FROM (VALUES(0), (1), (2), (3)) r CROSS JOIN (VALUES(0), (1), (2), (3), (4)) s;

CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
    UPDATE outbox_count SET files = files + 1, bytes = bytes + new.bytes WHERE rank = new.rank AND state = new.state;
END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
    UPDATE outbox_count SET files = files - 1, bytes = bytes - old.bytes WHERE rank = old.rank AND state = old.state;
END;
CREATE TRIGGER outbox_changed AFTER UPDATE OF rank, state, bytes ON outbox BEGIN
    UPDATE outbox_count SET files = files - 1, bytes = bytes - old.bytes WHERE rank = old.rank AND state = old.state;
    UPDATE outbox_count SET files = files + 1, bytes = bytes + new.bytes WHERE rank = new.rank AND state = new.state;
END;
