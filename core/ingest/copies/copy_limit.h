// Keeps the copies of clips within their limit, and out of the way when the disk gets full: what nobody has
// asked for goes first, the oldest first. Engine's main thread; looks at the disk on a reader's thread.
#pragma once

#include "base/file_system.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"

#include <QObject>
#include <QTimer>
#include <limits>

namespace gatehouse::ingest
{

class CopyLimit : public QObject
{
    Q_OBJECT

public:
    // `files` tells the free space; it outlives this.
    CopyLimit(catalog::Writer &writer, catalog::ReaderPool &readers, FileSystem &files, QString cacheFolder,
              QObject *parent = nullptr);

    // `maxBytes`: of all copies. `reserveBytes`: that much of the disk stays free.
    void setLimits(qint64 maxBytes, qint64 reserveBytes);
    // Counts, and deletes what is too much. Calls meanwhile cause one more.
    void look();
    [[nodiscard]] qint64 bytes() const { return m_bytes; } // of all copies, when it looked last
    [[nodiscard]] bool hasRoom() const { return m_hasRoom; }
    // Another copy takes the place of the oldest.
    [[nodiscard]] bool isNearlyFull() const { return m_bytes > m_maxBytes / 20 * 19; }

Q_SIGNALS:
    void looked();

private:
    struct Finding {
        qint64 bytes = 0;
        qint64 excess = 0;
        QVector<catalog::Derivative> unwanted;
    };

    void take(const Result<Finding> &finding);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    FileSystem &m_files;
    QString m_cacheFolder;
    QTimer m_timer;
    qint64 m_maxBytes = std::numeric_limits<qint64>::max(); // until it is set
    qint64 m_reserveBytes = 0;
    qint64 m_bytes = 0;
    bool m_hasRoom = false;
    bool m_isLooking = false;
    bool m_isWantedAgain = false;
};

} // namespace gatehouse::ingest
