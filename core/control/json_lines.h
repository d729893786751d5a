// One JSON object per line, in both directions, over a stream that arrives in pieces. A line over 1 MiB, or
// one that is not an object, is an error; close the connection then. One thread.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QVector>

namespace gatehouse::control
{

inline constexpr qsizetype kMaxLine = 1 << 20;
// An engine's first notification, sent when it has accepted a connection.
inline const QString kGreeting = QStringLiteral("hello");

QByteArray toLine(const QJsonObject &object);

class LineBuffer
{
public:
    // The objects completed by these bytes, in order. Invalid: garbage, or a line that is too long.
    Result<QVector<QJsonObject>> add(const QByteArray &bytes);

private:
    QByteArray m_rest;
};

} // namespace gatehouse::control
