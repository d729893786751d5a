-- The hatched gaps of the timeline, for spans too long to count deletions one by one.
--
--  I10 deletion_count always equals the sum of deletion_share, each deletion's share in its hour and its day.

-- Another item has its content: nothing is missing.
ALTER TABLE deletion ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
UPDATE deletion SET replaced = 1 WHERE reason IN (
    'A later upload of the same file begins with these bytes and goes on.',
    'The same bytes are kept already under the same name.',
    'It came once more, and now with its whole name.',
    'The same file is kept already');

-- span: ms of an hour or a day; start: UTC ms at the start of the span; first and last: capture times.
CREATE TABLE deletion_count(
    span   INTEGER NOT NULL,
    start  INTEGER NOT NULL,
    camera INTEGER NOT NULL,
    reason TEXT NOT NULL,
    clips  INTEGER NOT NULL,
    stills INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY(span, start, camera, reason)
) WITHOUT ROWID;

CREATE VIEW deletion_share AS
    WITH unit(span) AS (VALUES(3600000), (86400000))
    SELECT d.item, u.span, d.captured / u.span * u.span AS start, d.camera, d.reason,
           d.kind = 1 AS clips, d.kind = 0 AS stills, d.captured
    FROM deletion d CROSS JOIN unit u WHERE d.kind IN (0, 1) AND d.replaced = 0;

-- Row by row: GROUP BY would sort two rows per deletion in memory (temp_store).
INSERT INTO deletion_count
    SELECT span, start, camera, reason, clips, stills, captured, captured FROM deletion_share WHERE true
    ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills,
        first = min(first, excluded.first), last = max(last, excluded.last);
