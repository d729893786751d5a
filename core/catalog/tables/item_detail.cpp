#include "catalog/tables/item_detail.h"

#include "catalog/types/item.h"

namespace gatehouse::catalog
{

namespace
{

// FNV-1a: stable across versions and machines, unlike qHash.
qint64 sameKey(AccountId account, const QString &sourcePath, const QByteArray &sha256)
{
    quint64 hash = 14695981039346656037ULL;
    const QByteArray text = QByteArray::number(account.value) + '\0' + sourcePath.toUtf8() + '\0' + sha256;
    for (const char c : text)
        hash = (hash ^ quint8(c)) * 1099511628211ULL;
    return qint64(hash);
}

// Bits of hint_form; see 0009_names.sql.
constexpr int kDay = 1;
constexpr int kEnd = 2;
constexpr int kSummer = 4;
constexpr int kNotSummer = 8;

int formOf(const ItemDetail &detail)
{
    const int summer = detail.hintIsSummerTime ? (*detail.hintIsSummerTime ? kSummer : kNotSummer) : 0;
    return (detail.hintIsDay ? kDay : 0) | (detail.hintIsEnd ? kEnd : 0) | summer;
}

void setForm(ItemDetail &detail, int form)
{
    detail.hintIsDay = form & kDay;
    detail.hintIsEnd = form & kEnd;
    if (form & (kSummer | kNotSummer))
        detail.hintIsSummerTime = (form & kSummer) != 0;
}

} // namespace

void ItemDetail::readNamesAt(std::optional<int> namesUtcOffset)
{
    // Without a local time, the name itself is in UTC.
    if (!hintLocal || hintSource != TimeSource::Name)
        return;
    hintUtc.reset();
    if (namesUtcOffset)
        hintUtc = *hintLocal - *namesUtcOffset * qint64(1000);
}

void ItemDetail::take(const CaptureHint &hint, std::optional<int> namesUtcOffset)
{
    hintLocal.reset();
    hintUtc.reset();
    hintSource = hint.source;
    if (hint.utc != 0)
        hintUtc = hint.utc;
    else if (hint.local.isValid())
        hintLocal = QDateTime(hint.local.date(), hint.local.time(), Qt::UTC).toMSecsSinceEpoch();
    else
        hintSource = TimeSource::Arrival;
    hintIsDay = hint.isDay;
    hintIsEnd = hint.isEnd;
    hintIsSummerTime = hint.isSummerTime;
    readNamesAt(namesUtcOffset);
}

ItemDetail detailOf(WriteContext &context, ItemId id)
{
    ItemDetail detail;
    db::Statement row = context.db.query(R"(
        SELECT account, origin, archive, relative_path, source_path, sha256, live, cut, extends,
            time_source, clock_offset, hint_local, hint_utc, hint_source, reason, unfinished, hint_form
        FROM item_detail
        WHERE id = ?)",
                                         id);
    if (!row.step())
        return detail;
    detail.account = row.id<AccountId>(0);
    detail.origin = row.id<CameraId>(1);
    detail.archive = row.integer(2);
    detail.relativePath = row.text(3);
    detail.sourcePath = row.text(4);
    detail.sha256 = row.blob(5);
    detail.live = row.flag(6);
    detail.cut = row.flag(7);
    detail.extends = row.id<ItemId>(8);
    detail.timeSource = row.as<TimeSource>(9);
    detail.clockOffset = row.integer(10);
    detail.hintLocal = row.maybe(11);
    detail.hintUtc = row.maybe(12);
    detail.hintSource = row.as<TimeSource>(13);
    detail.reason = row.text(14);
    detail.unfinished = row.flag(15);
    setForm(detail, row.number(16));
    return detail;
}

void insertDetail(WriteContext &context, ItemId id, const ItemDetail &detail)
{
    context.db.run(R"(
        INSERT INTO item_detail(id, account, origin, archive, relative_path, source_path, same_key,
            sha256, live, cut, extends, time_source, clock_offset, hint_local, hint_utc,
            hint_source, reason, unfinished, hint_form)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?))",
                   id, detail.account, detail.origin, detail.archive, detail.relativePath, detail.sourcePath,
                   sameKey(detail.account, detail.sourcePath, detail.sha256), detail.sha256, detail.live,
                   detail.cut, detail.extends, detail.timeSource, detail.clockOffset, detail.hintLocal,
                   detail.hintUtc, detail.hintSource, detail.reason, detail.unfinished, formOf(detail));
}

void updateDetail(WriteContext &context, ItemId id, const ItemDetail &detail)
{
    context.db.run(R"(
        UPDATE item_detail SET account = ?, origin = ?, source_path = ?, same_key = ?, live = ?,
            cut = ?, extends = ?, time_source = ?, clock_offset = ?, hint_local = ?, hint_utc = ?,
            hint_source = ?, reason = ?, unfinished = ?, hint_form = ?
        WHERE id = ?)",
                   detail.account, detail.origin, detail.sourcePath,
                   sameKey(detail.account, detail.sourcePath, detail.sha256), detail.live, detail.cut,
                   detail.extends, detail.timeSource, detail.clockOffset, detail.hintLocal, detail.hintUtc,
                   detail.hintSource, detail.reason, detail.unfinished, formOf(detail), id);
}

ItemId sameUpload(WriteContext &context, AccountId account, const QString &sourcePath,
                  const QByteArray &sha256, ItemId except)
{
    db::Statement row =
        context.db.query(R"(
        SELECT id FROM item_detail
        WHERE same_key = ? AND account = ? AND source_path = ? AND sha256 = ? AND id IS NOT ?
        ORDER BY id DESC LIMIT 1)",
                         sameKey(account, sourcePath, sha256), account, sourcePath, sha256, except);
    return row.step() ? row.id<ItemId>(0) : ItemId();
}

KeptFile keptFileOf(WriteContext &context, ItemId id)
{
    db::Statement row = context.db.query(R"(
        SELECT a.uuid, a.root, d.relative_path, i.received
        FROM item_detail d
            JOIN archive a ON a.id = d.archive
            JOIN item i ON i.id = d.id
        WHERE d.id = ?)",
                                         id);
    return row.step() ? KeptFile{row.text(0), row.text(1), row.text(2), row.integer(3)} : KeptFile();
}

qint64 placeInTime(WriteContext &context, const CameraRow &camera, qint64 offset, ItemDetail &detail,
                   const ItemRow &item)
{
    const CaptureFacts facts = detail.facts(item.received, item.isLengthKnown() ? item.duration : 0);
    const CaptureTime time = captureTime(facts, context.zones.zone(camera.zone), offset);
    detail.timeSource = time.source;
    detail.clockOffset = time.source == TimeSource::Name || time.source == TimeSource::Content ? offset : 0;
    return time.captured;
}

} // namespace gatehouse::catalog
