// A journal with old months on a disk that may lose its memory, and what compaction leaves of it. Test
// thread.
#pragma once

#include "archive/archive_id.h"
#include "archive/journal_compaction.h"
#include "archive_fixture.h"
#include "base/iso_time.h"
#include "fakes/crash_file_system.h"
#include "support/durations.h"

#include <QMap>

namespace gatehouse::tests::oldjournal
{

using namespace gatehouse::archive;
using gatehouse::tests::kDayMs;

inline const QString kDiskRoot = QStringLiteral("/disk/archive");
inline const QString kJournalFolder = kDiskRoot + QStringLiteral("/journal");
inline constexpr qint64 kBefore = 1'741'608'000'000; // 2025-03-10T12:00:00Z

inline qint64 at(const char *iso)
{
    return *fromIso(QString::fromLatin1(iso), QTimeZone::utc());
}

// As an id is made that day.
inline qint64 itemOf(const char *iso, int number)
{
    return ((at(iso) - 1'577'836'800'000) << 12) + number;
}

inline QString pathOf(qint64 item)
{
    return QStringLiteral("Porch/2024-01-05/101500-%1-a.jpg").arg(item);
}

inline QByteArray add(qint64 item, const QString &restored = {})
{
    JournalAdd line;
    line.placement = placement(item, QStringLiteral("/a.jpg"));
    line.relativePath = pathOf(item);
    line.bytes = 4;
    line.sha256 = sha256("data");
    line.restored = restored;
    return toLine(line);
}

inline QByteArray rename(qint64 item)
{
    return toLine(JournalRename{ItemId{item}, QStringLiteral("/new.jpg"), kBefore - 100 * kDayMs});
}

inline QByteArray removal(qint64 item, qint64 when)
{
    return toLine(JournalRemove{ItemId{item}, pathOf(item), QStringLiteral("Older than 60 days"), when});
}

inline void put(FileSystem &files, const QString &path, const QByteArray &bytes)
{
    const auto fd = files.create(path);
    QVERIFY(fd);
    QVERIFY(files.write(*fd, bytes) && files.sync(*fd));
    files.close(*fd);
}

inline void makeFolders(FileSystem &files)
{
    QVERIFY(makeArchiveId(files, SystemClock(), kDiskRoot));
    for (const QString &folder :
         {QStringLiteral("/journal"), QStringLiteral("/Porch"), QStringLiteral("/Porch/2024-01-05")})
        QVERIFY(files.makeFolder(kDiskRoot + folder));
    for (const QString &folder : {QString(), QStringLiteral("/Porch")})
        QVERIFY(files.syncFolder(kDiskRoot + folder));
}

using Journal = QMap<QString, QByteArray>; // by name

inline void put(FileSystem &files, const Journal &journal)
{
    for (auto it = journal.begin(); it != journal.end(); ++it)
        put(files, kJournalFolder + QLatin1Char('/') + it.key(), it.value());
    QVERIFY(files.syncFolder(kJournalFolder));
}

inline Journal read(FileSystem &files)
{
    Journal out;
    const QStringList names = files.list(kJournalFolder).value_or(QStringList());
    for (const QString &name : names)
        out.insert(name, *files.read(kJournalFolder + QLatin1Char('/') + name, 0, qint64(64) << 20));
    return out;
}

struct Disk {
    Disk() { makeFolders(files); }

    Result<Compacted> compact(FileSystem &through, qsizetype atOnce = 1'000)
    {
        return JournalCompaction{through, kDiskRoot, inUse, kBefore, [] { return true; }, atOnce}.run();
    }
    Result<Compacted> compact(qsizetype atOnce = 1'000) { return compact(files, atOnce); }
    // The file is there.
    void keep(qint64 item)
    {
        put(files, kDiskRoot + QLatin1Char('/') + pathOf(item), "data");
        QVERIFY(files.syncFolder(kDiskRoot + QStringLiteral("/Porch/2024-01-05")));
    }

    std::shared_ptr<Power> power = std::make_shared<Power>();
    CrashFileSystem files{power};
    JournalsInUse inUse;
};

// Of every kind; `went` and what is told of it goes.
struct Story {
    qint64 stays = itemOf("2024-01-05", 1);
    qint64 went = itemOf("2024-01-05", 2);
    qint64 wentLately = itemOf("2024-01-05", 3);
    qint64 cameBack = itemOf("2024-01-05", 4); // from a backup, after its removal
    qint64 wentToo = itemOf("2024-01-06", 5);
    Journal written{
        {QStringLiteral("2024-01-1.jsonl"),
         add(stays) + add(went) + rename(went) + add(wentLately) + rename(stays) + add(cameBack)},
        {QStringLiteral("2024-01-2.jsonl"), add(wentToo) + removal(wentToo, kBefore - 300 * kDayMs)},
        {QStringLiteral("2024-03-1.jsonl"), add(went, QStringLiteral("It was missing")) +
                                                removal(went, kBefore - 200 * kDayMs) +
                                                removal(cameBack, kBefore - 200 * kDayMs)},
        {QStringLiteral("2025-04-1.jsonl"), removal(wentLately, kBefore + kDayMs)},
    };
    Journal left{
        {QStringLiteral("2024-01-1.jsonl"), add(stays) + add(wentLately) + rename(stays) + add(cameBack)},
        {QStringLiteral("2024-03-1.jsonl"), removal(cameBack, kBefore - 200 * kDayMs)},
        {QStringLiteral("2025-04-1.jsonl"), removal(wentLately, kBefore + kDayMs)},
    };
};

} // namespace gatehouse::tests::oldjournal
