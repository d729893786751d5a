// One JSON object a line, both ways, over a stream that arrives in pieces. A line over 1 MiB or one that
// is no object is an error, after which the connection is to be closed. One thread.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QVector>

namespace gatehouse::control
{

inline constexpr qsizetype kMaxLine = 1 << 20;
// The first notification of an engine, sent when it has accepted a connection.
inline const QString kGreeting = QStringLiteral("hello");

QByteArray toLine(const QJsonObject &object);

class LineBuffer
{
public:
    // The objects completed by these bytes, in order. Invalid: garbage, or a line too long.
    Result<QVector<QJsonObject>> add(const QByteArray &bytes);

private:
    QByteArray m_rest;
};

} // namespace gatehouse::control
