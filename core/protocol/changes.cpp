#include "protocol/changes.h"

namespace gatehouse::protocol
{

namespace
{

// The catalog's numbers of an enum's values, 0 to `last`.
template<typename E>
bool isValueOf(qint64 number, E last)
{
    return number >= 0 && number <= qint64(last);
}

} // namespace

QJsonValue Codec<catalog::ItemChange>::write(const catalog::ItemChange &change)
{
    return QJsonArray{change.item.value, change.camera.value, change.event.value, int(change.kind),
                      int(change.state), change.range.start,  change.range.end};
}

Checked Codec<catalog::ItemChange>::read(const QJsonValue &json, catalog::ItemChange &out)
{
    QVector<qint64> row;
    if (Codec<QVector<qint64>>::read(json, row) || row.size() != 7)
        return Mistake();
    if (!isValueOf(row[3], Kind::Other) || !isValueOf(row[4], ItemState::TooLong) || row[5] > row[6])
        return Mistake();
    out = {ItemId{row[0]}, CameraId{row[1]},  EventId{row[2]},
           Kind(row[3]),   ItemState(row[4]), TimeRange{row[5], row[6]}};
    return {};
}

} // namespace gatehouse::protocol
