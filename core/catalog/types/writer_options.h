// What a Writer is opened with. A value.
#pragma once

#include <QByteArray>
#include <QString>

namespace gatehouse::catalog
{

struct WriterOptions {
    QString databasePath;
    qint64 eventGap = 60'000;  // ms, 0 to 3,600,000
    QByteArray defaultZone;    // IANA id for new cameras; empty: the PC's
    const char *vfs = nullptr; // tests: a VFS that loses whatever was not synced
};

} // namespace gatehouse::catalog
