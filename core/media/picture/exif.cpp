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
constexpr quint16 kModelTag = 0x0110;
constexpr quint16 kDateTimeTag = 0x0132;
constexpr quint16 kExifDirectoryTag = 0x8769;
constexpr quint16 kDateTimeOriginalTag = 0x9003;
constexpr quint16 kSubSecondsOriginalTag = 0x9291;
constexpr quint16 kMakerNoteTag = 0x927c;
constexpr quint16 kBodySerialTag = 0xa431;
constexpr quint16 kDngSerialTag = 0xc62f;
constexpr quint16 kSerialTag = 0xfde9; // before there was a standard one
constexpr quint32 kMaxMakerNote = 1 << 16;

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

    // Of an entry of undefined bytes; empty: none, or too many.
    [[nodiscard]] QByteArrayView undefined(qint64 at) const
    {
        const quint32 count = u32(at + 4);
        const qint64 from = u32(at + 8);
        if (u16(at + 2) != 7 || count <= 4 || count > kMaxMakerNote || from + count > m_bytes.size())
            return {};
        return m_bytes.sliced(from, count);
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

// Reconyx, whose trail cameras are everywhere, write it only here: 15 characters of UTF-16.
QString reconyxSerial(QByteArrayView makerNote)
{
    constexpr qsizetype at = 0x2a;
    constexpr qsizetype characters = 15;
    if (!makerNote.startsWith("\x01\xf1") || makerNote.size() < at + 2 * characters)
        return {};
    QString out;
    for (qsizetype i = 0; i < characters; ++i) {
        const auto unit = qFromLittleEndian<quint16>(makerNote.data() + at + 2 * i);
        if (unit == 0)
            break;
        out += QChar(unit);
    }
    return out;
}

// Not "0", "00000000" or "unknown".
QString serialOf(const QString &written)
{
    constexpr int minDigits = 3;
    const QString text = written.trimmed();
    const bool isPlain = std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringView(u"-_./ ").contains(c));
    });
    const auto digits = std::count_if(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
    const bool differ =
        std::any_of(text.cbegin(), text.cend(), [&](QChar c) { return c.isDigit() && c != text.back(); });
    return isPlain && digits >= minDigits && differ ? text : QString();
}

struct Found {
    quint16 exifOrientation = 1;
    quint32 exifDirectory = 0;
    QString model;
    QString serial;
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
        case kModelTag:
            found.model = tiff.text(entry);
            break;
        case kBodySerialTag:
        case kDngSerialTag:
        case kSerialTag:
            if (const QString serial = serialOf(tiff.text(entry)); !serial.isEmpty())
                found.serial = serial;
            break;
        case kMakerNoteTag:
            if (found.serial.isEmpty())
                found.serial = serialOf(reconyxSerial(tiff.undefined(entry)));
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
    exif.serial = found.serial;
    exif.model = found.model.simplified();
    exif.taken = timeOf(found.original, found.subSeconds);
    if (!exif.taken.isValid())
        exif.taken = timeOf(found.dateTime, {});
    return exif;
}

} // namespace gatehouse::media
