// A row of any table, as stored: for copying without interpretation. A value.
#pragma once

#include <QByteArray>
#include <QString>
#include <QVector>
#include <variant>

namespace gatehouse::db
{

using Value = std::variant<std::monostate, qint64, double, QString, QByteArray>;

struct Row {
    qint64 rowid = 0; // 0: its table has no rowids
    QVector<Value> values;
};

} // namespace gatehouse::db
