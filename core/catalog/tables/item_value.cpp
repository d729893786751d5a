#include "catalog/tables/item_value.h"

#include "base/byte_name.h"
#include "catalog/tables/item_row.h"

namespace gatehouse::catalog
{

QVector<Item> itemValues(db::Statement rows)
{
    QVector<Item> out;
    while (rows.step()) {
        Item item;
        readWhatItIs(rows, item);
        item.reason = rows.text(7);
        item.captured = rows.integer(8);
        item.timeSource = rows.as<TimeSource>(9);
        item.received = rows.integer(10);
        item.duration = rows.integer(11);
        item.durationKnown = rows.flag(12);
        item.width = rows.number(13);
        item.height = rows.number(14);
        item.container = rows.text(15);
        item.videoCodec = rows.text(16);
        item.audioCodec = rows.text(17);
        item.bytes = rows.integer(18);
        item.sha256 = rows.blob(19);
        item.path = rows.text(20) + QLatin1Char('/') + rows.text(21);
        item.sourcePath = readableName(rows.text(22));
        item.arrivals = rows.number(23);
        item.isProtected = rows.flag(24);
        out.append(item);
    }
    return out;
}

} // namespace gatehouse::catalog
