-- What a name says about its time beyond the time itself.

-- Seconds from UTC at which a camera writes its names, whatever its zone: learned, for new items. NULL: as its zone.
ALTER TABLE camera ADD COLUMN names_utc_offset INTEGER;

-- Bits: 1 only the day of the hint is known, 2 it is the end of the recording, 4 summer time is in force,
-- 8 summer time is not in force. If both hint_local and hint_utc are set, hint_utc follows from hint_local and the
-- camera's names_utc_offset at that time.
ALTER TABLE item_detail ADD COLUMN hint_form INTEGER NOT NULL DEFAULT 0;
