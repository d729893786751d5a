#include "support/archive_filler.h"
#include "support/durations.h"

#include "archive/journal.h"
#include "archive/layout.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSet>
#include <QTimeZone>

namespace gatehouse::tests
{

namespace
{

constexpr qint64 kY2020 = 1'577'836'800'000; // epoch of item ids

qint64 arrivalOf(const ArchiveFill &fill, int number)
{
    return fill.until - fill.days * kDayMs + fill.days * kDayMs / fill.files * number;
}

bool append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(bytes) == bytes.size();
}

} // namespace

QString filledSource(const ArchiveFill &fill, int number)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(arrivalOf(fill, number), QTimeZone::utc());
    return QStringLiteral("/gate%1/snap/MDAlarm_%2_%3.jpg")
        .arg(QString::number(number % fill.cameras), at.toString(QStringLiteral("yyyyMMdd-HHmmss")),
             QString::number(number));
}

QByteArray filledBytes(int number)
{
    return "picture " + QByteArray::number(number);
}

bool fillArchive(const ArchiveFill &fill)
{
    QSet<QString> folders;
    QString month;
    QByteArray lines;
    const auto flush = [&] {
        const bool isFine =
            lines.isEmpty() || append(QStringLiteral("%1/journal/%2-1.jsonl").arg(fill.root, month), lines);
        lines.clear();
        return isFine;
    };
    for (int number = 0; number < fill.files; ++number) {
        archive::JournalAdd add;
        const qint64 arrival = arrivalOf(fill, number);
        add.placement.item = ItemId{(arrival - kY2020) << 12};
        add.placement.account = fill.user;
        add.placement.cameraFolder = QStringLiteral("%1 gate%2").arg(fill.user).arg(number % fill.cameras);
        add.placement.sourcePath = filledSource(fill, number);
        add.placement.received = arrival;
        add.placement.peer = QStringLiteral("192.168.1.20");
        const QString folder = archive::folderFor(add.placement);
        add.relativePath = folder + QLatin1Char('/') + archive::fileNameFor(add.placement, 1);
        const QByteArray bytes = filledBytes(number);
        add.bytes = bytes.size();
        add.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        if (!folders.contains(folder)) {
            folders.insert(folder);
            if (!QDir().mkpath(fill.root + QLatin1Char('/') + folder))
                return false;
        }
        const QString itsMonth = folder.section(QLatin1Char('/'), 1).left(7);
        if (itsMonth != month && !flush())
            return false;
        month = itsMonth;
        if (!append(fill.root + QLatin1Char('/') + add.relativePath, bytes))
            return false;
        lines += archive::toLine(add);
    }
    return flush();
}

} // namespace gatehouse::tests
