// Keeps the copies of clips within their limit, and out of the way when the disk gets full: what nobody has
// asked for goes first, the oldest first. Engine's main thread; looks at the disk on a reader's thread.
//
// The reserve is where retention stops deleting recordings, so a full disk has about that much free, now a
// little more, now a little less. Copies therefore go by shares of it that retention does not usually leave:
// they are made while 7/8 of it are free, and deleted below 3/4, when retention can't keep up, or has nothing
// left to delete on this disk. Recordings thus make room for copies, but never for more than `maxBytes`.
#pragma once

#include "base/file_system.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace gatehouse::ingest
{

// What copies leave free on the disk of the cache. Looks at the disk: a reader's thread.
class CopyReserve
{
public:
    CopyReserve(FileSystem &files, QString folder, qint64 wanted)
        : m_files(&files), m_folder(std::move(folder)), m_wanted(wanted)
    {
    }

    // False only if it is known that too little would stay free. `bytes`: of the copy, about.
    [[nodiscard]] bool allows(qint64 bytes) const;
    // Free bytes beyond that; below zero: copies have to go. `pending`: bytes that are about to be freed.
    [[nodiscard]] std::optional<qint64> margin(qint64 pending) const;
    // Enough to make copies that nobody has asked for.
    [[nodiscard]] bool allowsIdleCopies() const;
    // Of those, the ones that still take up space.
    [[nodiscard]] QVector<catalog::Derivative> stillThere(const QVector<catalog::Derivative> &copies) const;

private:
    FileSystem *m_files;
    QString m_folder;
    qint64 m_wanted;
};

class CopyLimit : public QObject
{
    Q_OBJECT

public:
    // `files` tells the free space; it outlives this.
    CopyLimit(catalog::Writer &writer, catalog::ReaderPool &readers, FileSystem &files, QString cacheFolder,
              QObject *parent = nullptr);

    // `maxBytes`: of all copies. `reserveBytes`: see reserveOn().
    void setLimits(qint64 maxBytes, qint64 reserveBytes);
    // For an hour it does not go for lack of disk space.
    void noteAsked(ItemId item, catalog::DerivativeKind kind);
    [[nodiscard]] CopyReserve reserve() const { return {m_files, m_cacheFolder, m_reserveBytes}; }
    // Counts, and deletes what is too much. Calls meanwhile cause one more.
    void look();
    [[nodiscard]] qint64 bytes() const { return m_bytes; } // of all copies, when it looked last
    [[nodiscard]] bool hasRoom() const { return m_hasRoom; }
    // Another copy takes the place of the oldest.
    [[nodiscard]] bool isNearlyFull() const { return m_bytes > m_maxBytes / 20 * 19; }

Q_SIGNALS:
    void looked();

private:
    using Key = std::pair<ItemId, catalog::DerivativeKind>;
    // What look() goes by.
    struct Terms {
        qint64 maxBytes = 0;
        CopyReserve reserve;
        QVector<catalog::Derivative> discarded;
        std::set<Key> asked;
    };
    struct Finding {
        qint64 bytes = 0;
        bool hasRoom = false;
        QVector<catalog::Derivative> unwanted;
        QVector<catalog::Derivative> discarded; // and still there
    };

    [[nodiscard]] std::set<Key> askedLately();
    static Result<Finding> find(catalog::Reader &reader, const Terms &terms);
    void take(const Result<Finding> &finding);
    void goOn(bool isMore);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    FileSystem &m_files;
    QString m_cacheFolder;
    QTimer m_timer;
    qint64 m_maxBytes = std::numeric_limits<qint64>::max(); // until it is set
    qint64 m_reserveBytes = 0;
    qint64 m_bytes = 0;
    std::map<Key, QDeadlineTimer> m_asked;    // until when they are spared
    QVector<catalog::Derivative> m_discarded; // their files may still be there
    bool m_hasRoom = false;
    bool m_isLooking = false;
    bool m_isWantedAgain = false;
};

} // namespace gatehouse::ingest
