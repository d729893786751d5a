#include "media/picture/exif.h"

#include <QTimeZone>
#include <QtEndian>
#include <algorithm>

namespace gatehouse::media
{

namespace
{

constexpr int kMaxEntries = 512; // per directory; cameras write a few dozen
constexpr quint16 kOrientationTag = 0x0112;
constexpr quint16 kDateTimeTag = 0x0132;
constexpr quint16 kExifDirectoryTag = 0x8769;
constexpr quint16 kDateTimeOriginalTag = 0x9003;
constexpr quint16 kSubSecondsOriginalTag = 0x9291;

// Reads TIFF numbers in either byte order, with bounds checks.
class Tiff
{
public:
    explicit Tiff(QByteArrayView bytes) : m_bytes(bytes), m_little(bytes.startsWith("II")) {}

    [[nodiscard]] bool isValid() const
    {
        return (m_bytes.startsWith("II") || m_bytes.startsWith("MM")) && u16(2) == 42;
    }
    [[nodiscard]] quint16 u16(qint64 at) const
    {
        if (at < 0 || at + 2 > m_bytes.size())
            return 0;
        const char *p = m_bytes.data() + at;
        return m_little ? qFromLittleEndian<quint16>(p) : qFromBigEndian<quint16>(p);
    }
    [[nodiscard]] quint32 u32(qint64 at) const
    {
        if (at < 0 || at + 4 > m_bytes.size())
            return 0;
        const char *p = m_bytes.data() + at;
        return m_little ? qFromLittleEndian<quint32>(p) : qFromBigEndian<quint32>(p);
    }
    // The text of an ASCII entry at `at`, up to its zero, at most 64 characters.
    [[nodiscard]] QString text(qint64 at) const
    {
        const qint64 count = std::min<qint64>(u32(at + 4), 64);
        const qint64 from = count <= 4 ? at + 8 : qint64(u32(at + 8));
        if (u16(at + 2) != 2 || from + count > m_bytes.size())
            return {};
        const QByteArrayView chars = m_bytes.sliced(from, count);
        const qsizetype end = chars.indexOf('\0');
        return QString::fromLatin1(end < 0 ? chars : chars.first(end));
    }

private:
    QByteArrayView m_bytes;
    bool m_little;
};

Orientation orientationFromExif(quint16 exifOrientation)
{
    switch (exifOrientation) {
    case 2:
        return {0, true};
    case 3:
        return {180, false};
    case 4:
        return {180, true};
    case 5:
        return {270, true};
    case 6:
        return {90, false};
    case 7:
        return {90, true};
    case 8:
        return {270, false};
    default:
        return {};
    }
}

QDateTime timeOf(const QString &text, const QString &subSeconds)
{
    const QString clock = text.trimmed().left(19);
    QDateTime time = QDateTime::fromString(clock, QStringLiteral("yyyy:MM:dd HH:mm:ss"));
    if (!time.isValid())
        time = QDateTime::fromString(clock, QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    if (!time.isValid())
        return {};
    // A clock reading without a zone: stored as UTC so that no hour is skipped or repeated.
    time = QDateTime(time.date(), time.time(), Qt::UTC);
    bool isNumber = false;
    const int thousandths = subSeconds.trimmed().left(3).leftJustified(3, QLatin1Char('0')).toInt(&isNumber);
    return isNumber && !subSeconds.trimmed().isEmpty() ? time.addMSecs(thousandths) : time;
}

struct Found {
    quint16 exifOrientation = 1;
    quint32 exifDirectory = 0;
    QString dateTime;
    QString original;
    QString subSeconds;
};

void readDirectory(const Tiff &tiff, qint64 at, Found &found)
{
    const int count = std::min<int>(tiff.u16(at), kMaxEntries);
    for (int i = 0; i < count; ++i) {
        const qint64 entry = at + 2 + qint64(i) * 12;
        switch (tiff.u16(entry)) {
        case kOrientationTag:
            found.exifOrientation = tiff.u16(entry + 8);
            break;
        case kDateTimeTag:
            found.dateTime = tiff.text(entry);
            break;
        case kExifDirectoryTag:
            found.exifDirectory = tiff.u32(entry + 8);
            break;
        case kDateTimeOriginalTag:
            found.original = tiff.text(entry);
            break;
        case kSubSecondsOriginalTag:
            found.subSeconds = tiff.text(entry);
            break;
        default:
            break;
        }
    }
}

} // namespace

Exif readExif(QByteArrayView segment)
{
    if (segment.size() < 14 || !segment.startsWith("Exif"))
        return {};
    const Tiff tiff(segment.sliced(6));
    if (!tiff.isValid())
        return {};
    Found found;
    readDirectory(tiff, tiff.u32(4), found);
    if (found.exifDirectory != 0)
        readDirectory(tiff, found.exifDirectory, found);
    Exif exif;
    exif.orientation = orientationFromExif(found.exifOrientation);
    exif.taken = timeOf(found.original, found.subSeconds);
    if (!exif.taken.isValid())
        exif.taken = timeOf(found.dateTime, {});
    return exif;
}

} // namespace gatehouse::media
