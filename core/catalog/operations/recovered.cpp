#include "catalog/operations/recovered.h"

#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "catalog/tables/event_table.h"
#include "catalog/tables/item_detail.h"

#include <QStringList>
#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kTriesLast = 10 * 60'000; // maximum ms between a camera's attempts at one upload
constexpr int kSoonAfterAStart = 5'000;    // files: some hours of a busy home

// The name in an archive path "<camera>/<day>/<HHMMSS>-<item>-<name>", without the arrival; empty: no such
// path.
QString nameFromPath(const QString &relativePath)
{
    const QStringList parts = relativePath.split(QLatin1Char('/'));
    const QString name = parts.size() == 3 ? parts[2].section(QLatin1Char('-'), 2) : QString();
    return name.isEmpty() ? QString() : parts[0] + QLatin1Char('/') + name;
}

struct Namesake {
    ItemId item;
    QByteArray sha256;
    qint64 bytes = 0;
};

// Uploads from about that time and from this run with matching names: the camera may have sent the file again
// before repair found it. Such names are not indexed: they are queried only when something is recovered,
// and such attempts are close to each other, or soon after a start.
QVector<Namesake> namesakesOf(WriteContext &context, const NewItem &recovered)
{
    const QString name = nameFromPath(recovered.relativePath);
    const qint64 arrival = arrivalOf(recovered.id);
    QVector<Namesake> out;
    db::Statement row = context.db.query(R"(
        SELECT d.id, d.sha256, i.bytes, d.relative_path
        FROM (
                SELECT id FROM item_detail WHERE id BETWEEN ?1 AND ?2
                UNION ALL
                SELECT id FROM (
                    SELECT id FROM item_detail WHERE id >= ?3 AND id NOT BETWEEN ?1 AND ?2
                    ORDER BY id LIMIT ?4)
            ) n
            CROSS JOIN item_detail d USING(id)
            CROSS JOIN item i USING(id)
        WHERE d.id <> ?5 AND substr(d.relative_path, -length(?6)) = ?6)",
                                         firstItemAt(arrival - kTriesLast), firstItemAt(arrival + kTriesLast),
                                         context.ids.firstOfThisRun(), kSoonAfterAStart, recovered.id,
                                         name.section(QLatin1Char('/'), 1));
    while (row.step()) {
        if (nameFromPath(row.text(3)) == name)
            out.append({row.id<ItemId>(0), row.blob(1), row.integer(2)});
    }
    return out;
}

QVector<ItemRow> recoveredWith(WriteContext &context, const NewItem &upload)
{
    QVector<ItemRow> out;
    if (!context.hasRecovered)
        return out;
    db::Statement row = context.db.query("SELECT id FROM item_detail WHERE recovered = ? AND sha256 = ?",
                                         nameFromPath(upload.relativePath), upload.sha256);
    while (row.step()) {
        const auto item = findItem(context.db, row.id<ItemId>(0));
        if (item && item->bytes == upload.bytes)
            out.append(*item);
    }
    return out;
}

} // namespace

bool anyRecovered(db::Connection &db)
{
    bool found = false;
    {
        db::Statement row = db.query("SELECT 1 FROM item_detail WHERE recovered IS NOT NULL LIMIT 1");
        found = row.step();
    }
    return db.takeError() || found;
}

bool isRecovered(WriteContext &context, ItemId item)
{
    if (!context.hasRecovered)
        return false;
    db::Statement row =
        context.db.query("SELECT 1 FROM item_detail WHERE id = ? AND recovered IS NOT NULL", item);
    return row.step();
}

ItemId keptAlready(WriteContext &context, const NewItem &recovered)
{
    if (const ItemId same =
            sameUpload(context, recovered.account, recovered.sourcePath, recovered.sha256, {});
        same.isValid())
        return same;
    if (const QVector<ItemRow> others = recoveredWith(context, recovered); !others.isEmpty())
        return others.first().id;
    for (const Namesake &other : namesakesOf(context, recovered)) {
        if (other.sha256 == recovered.sha256 && other.bytes == recovered.bytes)
            return other.item;
    }
    return {};
}

void noteRecovered(WriteContext &context, const NewItem &recovered)
{
    const QString name = nameFromPath(recovered.relativePath);
    if (name.isEmpty())
        return;
    context.db.run("UPDATE item_detail SET recovered = ? WHERE id = ?", name, recovered.id);
    context.hasRecovered = true;
    for (const Namesake &other : namesakesOf(context, recovered)) {
        if (other.bytes > recovered.bytes)
            context.changes.partialUpload({recovered.id, other.item});
    }
}

Recovered recoveredAs(WriteContext &context, const NewItem &upload)
{
    Recovered out;
    for (const ItemRow &item : recoveredWith(context, upload)) {
        const std::optional<Event> event = findEvent(context, item.event);
        if (event && event->reviewed)
            out.m_reviewed.append(event->id);
        out.m_items.append(item);
    }
    return out;
}

bool Recovered::contains(ItemId item) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&](const ItemRow &one) { return one.id == item; });
}

qint64 Recovered::firstArrival(qint64 received) const
{
    for (const ItemRow &item : m_items)
        received = std::min(received, item.received);
    return received;
}

Added Recovered::supersededBy(WriteContext &context, const Added &upload) const
{
    for (const ItemRow &item : m_items) {
        context.db.run(R"(
            UPDATE item_detail SET arrivals = arrivals + (SELECT arrivals FROM item_detail
                WHERE id = ?)
            WHERE id = ?)",
                       item.id, upload.item);
        if (item.isProtected)
            SetProtected{upload.item, true}.run(context);
        removeReplaced(context, item, KeptElsewhere::WithItsWholeName);
    }
    // Reviewed items stay reviewed: these are the same bytes.
    const auto kept = m_reviewed.isEmpty() ? std::nullopt : findItem(context.db, upload.item);
    if (kept && m_reviewed.contains(kept->event))
        SetReviewed{kept->event, true}.run(context);
    return upload;
}

QVector<ItemId> shorterRecovered(WriteContext &context, const NewItem &upload)
{
    QVector<ItemId> out;
    if (!context.hasRecovered)
        return out;
    // Some cameras reuse names: a retry happens on the same day.
    const ItemId since = firstItemAt(arrivalOf(upload.id) - 86'400'000);
    db::Statement row = context.db.query(R"(
        SELECT i.id FROM item_detail d
            CROSS JOIN item i USING(id)
        WHERE d.recovered = ? AND d.id > ? AND i.bytes < ?)",
                                         nameFromPath(upload.relativePath), since, upload.bytes);
    while (row.step())
        out.append(row.id<ItemId>(0));
    return out;
}

} // namespace gatehouse::catalog
