#include "archive/layout.h"

#include "base/byte_name.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringView>
#include <QTimeZone>
#include <algorithm>
#include <array>

namespace gatehouse::archive
{

namespace
{

constexpr qsizetype kMaxNameLength = 200; // bytes of UTF-8
constexpr qsizetype kMaxExtensionLength = 16;

bool isUnsafe(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction overrides make "gpj.exe" look like a picture
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return c < 0x80 && QStringView(u"/\\<>:\"|?*").contains(QChar(char16_t(c)));
    }
}

qsizetype utf8Length(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

// The longest prefix of at most `bytes` bytes of UTF-8 that splits no character.
QString cut(const QString &text, qsizetype bytes)
{
    qsizetype used = 0;
    QString out;
    for (const uint c : text.toUcs4()) {
        used += utf8Length(c);
        if (used > bytes)
            break;
        const char32_t one = c;
        out += QString::fromUcs4(&one, 1);
    }
    return out;
}

bool isReservedOnWindows(const QString &name)
{
    static const QRegularExpression reserved(QStringLiteral("^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"),
                                             QRegularExpression::CaseInsensitiveOption);
    return reserved.match(name).hasMatch();
}

bool isOurs(const QString &name)
{
    const std::array ours{kIdFileName, kIncomingName, kJournalName, QStringLiteral("lost+found")};
    return std::any_of(ours.begin(), ours.end(),
                       [&name](const QString &own) { return own.compare(name, Qt::CaseInsensitive) == 0; });
}

QString safe(const QString &name)
{
    QString out;
    for (const uint c : readableName(name).toUcs4()) {
        const char32_t one = isUnsafe(c) ? U'_' : char32_t(c);
        out += QString::fromUcs4(&one, 1);
    }
    out = out.trimmed();
    while (out.endsWith(QLatin1Char('.')) || out.endsWith(QLatin1Char(' ')))
        out.chop(1);
    if (out.startsWith(QLatin1Char('.')) || out.startsWith(QLatin1Char('-')))
        out[0] = QLatin1Char('_');
    return out;
}

QDateTime utc(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc());
}

} // namespace

QString safeFolderName(const QString &name)
{
    // Truncate before sanitizing again: truncation may leave a space or dot at the end.
    QString out = safe(cut(safe(name), kMaxNameLength - 1));
    if (out.isEmpty())
        return QStringLiteral("camera");
    if (isReservedOnWindows(out) || isOurs(out))
        out.insert(0, QLatin1Char('_'));
    return out;
}

QString safeFileName(const QString &sourcePath)
{
    const QString whole = safe(sourcePath.mid(sourcePath.lastIndexOf(QLatin1Char('/')) + 1));
    const qsizetype dot = whole.lastIndexOf(QLatin1Char('.'));
    const QString extension =
        dot > 0 && whole.size() - dot <= kMaxExtensionLength ? whole.mid(dot) : QString();
    QString out = whole;
    if (whole.toUtf8().size() > kMaxNameLength) {
        const QString stem = whole.left(whole.size() - extension.size());
        out = safe(cut(stem, kMaxNameLength - extension.toUtf8().size()) + extension);
    }
    return out.isEmpty() ? QStringLiteral("file") : out;
}

QString folderFor(const Placement &placement)
{
    const QString day = utc(placement.received).toString(QStringLiteral("yyyy-MM-dd"));
    return safeFolderName(placement.cameraFolder) + QLatin1Char('/') + day;
}

QString fileNameFor(const Placement &placement, int attempt)
{
    const QString time = utc(placement.received).toString(QStringLiteral("HHmmss"));
    QString number = QString::number(placement.item.value);
    if (attempt > 1)
        number += QLatin1Char('-') + QString::number(attempt);
    return QStringLiteral("%1-%2-").arg(time, number) + safeFileName(placement.sourcePath);
}

std::optional<ArchivedPath> parseArchivedPath(const QString &relativePath)
{
    static const QRegularExpression shape(
        QStringLiteral("^([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/(\\d{6})-(\\d{1,16})-([^/]+)$"));
    const auto match = shape.match(relativePath);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate day = QDate::fromString(match.captured(2), QStringLiteral("yyyy-MM-dd"));
    const QTime time = QTime::fromString(match.captured(3), QStringLiteral("HHmmss"));
    if (!day.isValid() || !time.isValid())
        return std::nullopt;
    return ArchivedPath{ItemId{match.captured(4).toLongLong()}, match.captured(1), match.captured(5),
                        QDateTime(day, time, QTimeZone::utc()).toMSecsSinceEpoch()};
}

} // namespace gatehouse::archive
