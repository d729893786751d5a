-- How long deleted recordings were, and how much moves in those that are kept.
--
--  I12 Every row of motion has its item.

-- ms; NULL: unknown, as for everything deleted by earlier versions.
ALTER TABLE deletion ADD COLUMN duration INTEGER;

-- deletion_count.last is the end of the last recording from now on. What was counted so far has no known length.
DROP VIEW deletion_share;
CREATE VIEW deletion_share AS
    WITH unit(span) AS (VALUES(3600000), (86400000))
    SELECT d.item, u.span, d.captured / u.span * u.span AS start, d.camera, d.reason,
           d.kind = 1 AS clips, d.kind = 0 AS stills, d.captured, d.captured + coalesce(d.duration, 0) AS ended
    FROM deletion d CROSS JOIN unit u WHERE d.kind IN (0, 1) AND d.replaced = 0;

-- profile: core/base/motion_profile.h. Clips that were examined by earlier versions have none.
CREATE TABLE motion(
    item    INTEGER PRIMARY KEY,
    profile BLOB NOT NULL
);

-- Copies of clips are counted every minute, in the order in which they make room: posters outnumber them by far.
CREATE INDEX derivative_copy ON derivative(state, item, kind, bytes) WHERE kind <> 0;
