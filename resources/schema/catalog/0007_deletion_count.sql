-- The hatched gaps of the timeline at spans where counting deletions one by one would take too long.
--
--  I10 deletion_count is always the sum of deletion_share: what each deletion adds to its hour and its day.

-- Its content is kept in another item: nothing is missing.
ALTER TABLE deletion ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
UPDATE deletion SET replaced = 1 WHERE reason IN (
    'A later upload of the same file begins with these bytes and goes on.',
    'The same bytes are kept already under the same name.',
    'It came once more, and now with its whole name.',
    'The same file is kept already');

-- span: ms of an hour or a day; start: UTC ms of the span's begin; first and last: captures.
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

-- Row by row: GROUP BY would sort all of them in memory (temp_store), two for each deletion.
INSERT INTO deletion_count
    SELECT span, start, camera, reason, clips, stills, captured, captured FROM deletion_share WHERE true
    ON CONFLICT DO UPDATE SET clips = clips + excluded.clips, stills = stills + excluded.stills,
        first = min(first, excluded.first), last = max(last, excluded.last);
