#include "offsite/object_key.h"

#include "base/messages.h"

#include <QDateTime>
#include <QUrl>
#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::offsite
{

namespace
{

constexpr int kMaxSiteBytes = 64;
constexpr int kMaxPrefixBytes = 256;
constexpr int kMaxCameraBytes = 96;
constexpr int kMaxNameBytes = 120;
constexpr int kMaxExtension = 8;
// Of metadata, encoded; with the rest below 2 kB.
constexpr qsizetype kMaxCameraText = 300;
constexpr qsizetype kMaxNameText = 1'000;

bool isSafe(uint character)
{
    return QChar::isLetterOrNumber(character) || character == '-' || character == '.' || character == '_';
}

bool isEndOfName(QChar character)
{
    return character == QLatin1Char('.') || character == QLatin1Char('_') || character == QLatin1Char('-');
}

QString cutTo(const QString &text, int maxBytes)
{
    QString out = text.left(maxBytes);
    while (out.toUtf8().size() > maxBytes) {
        const bool isPair = out.size() > 1 && out.back().isLowSurrogate();
        out.chop(isPair ? 2 : 1);
    }
    return out;
}

QString withoutEnds(QString text)
{
    while (!text.isEmpty() && isEndOfName(text.front()))
        text.remove(0, 1);
    while (!text.isEmpty() && isEndOfName(text.back()))
        text.chop(1);
    return text;
}

struct FileName {
    QString base;
    QString extension; // with its dot; may be empty
};

FileName fileNameOf(const QString &sourcePath)
{
    const QString name = sourcePath.mid(sourcePath.lastIndexOf(QLatin1Char('/')) + 1);
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const QString extension = name.mid(dot + 1).toLower();
    const bool isExtension = dot > 0 && !extension.isEmpty() && extension.size() <= kMaxExtension &&
                             std::all_of(extension.begin(), extension.end(),
                                         [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
    if (!isExtension)
        return {name, {}};
    return {name.left(dot), QLatin1Char('.') + extension};
}

QString endingOf(Part part, const FileName &name)
{
    switch (part) {
    case Part::Original:
        break;
    case Part::LowRes:
        return QStringLiteral(".low.mp4");
    case Part::Poster:
        return QStringLiteral(".poster.jpg");
    }
    return name.extension;
}

QByteArray partName(Part part)
{
    return part == Part::LowRes ? "low-res" : part == Part::Poster ? "poster" : "original";
}

// The end of a path says more than its beginning.
QByteArray encodedEnd(QString text, qsizetype longest)
{
    text = text.right(longest);
    QByteArray out = QUrl::toPercentEncoding(text, "/");
    while (out.size() > longest) {
        const bool isPair = text.size() > 1 && text.front().isHighSurrogate();
        text.remove(0, isPair ? 2 : 1);
        out = QUrl::toPercentEncoding(text, "/");
    }
    return out;
}

QByteArray isoText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

tl::unexpected<Error> wrongField(const char *field, const QString &text)
{
    return tl::unexpected(
        Error{ErrorKind::Invalid, text, QStringLiteral("offsite"), QString::fromLatin1(field)});
}

} // namespace

QString safeName(const QString &name, int maxBytes)
{
    QString out;
    for (const uint character : name.normalized(QString::NormalizationForm_C).toUcs4()) {
        const bool isGap = !isSafe(character);
        if (!isGap)
            out += QChar::fromUcs4(character);
        else if (!out.endsWith(QLatin1Char('_')))
            out += QLatin1Char('_');
    }
    out = withoutEnds(cutTo(withoutEnds(out), maxBytes));
    return out.isEmpty() ? QStringLiteral("unnamed") : out;
}

Result<QString> rootOf(const QString &prefix, const QString &site)
{
    const QString house = site.trimmed();
    if (house.isEmpty())
        return wrongField("site", Messages::tr("Enter a name for this PC's folder in the bucket"));
    if (house != safeName(house, kMaxSiteBytes))
        return wrongField(
            "site", Messages::tr("Use letters, digits, hyphens and underscores, and at most 64 of them"));
    QString root;
    for (const QString &folder : prefix.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        if (folder != safeName(folder, kMaxPrefixBytes))
            return wrongField("prefix",
                              Messages::tr("Use letters, digits, hyphens, underscores and slashes"));
        root += folder + QLatin1Char('/');
    }
    if (root.toUtf8().size() > kMaxPrefixBytes)
        return wrongField("prefix", Messages::tr("This is too long"));
    return root + house + QLatin1Char('/');
}

QString objectKey(const QString &root, const QString &camera, const catalog::Item &item, Part part)
{
    const FileName name = fileNameOf(item.sourcePath);
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(item.captured, Qt::UTC);
    return QStringLiteral("%1cameras/%2/%3/%4-%5-%6%7")
        .arg(root, safeName(camera, kMaxCameraBytes), at.toString(QStringLiteral("yyyy/MM/dd")),
             at.toString(QStringLiteral("HHmmss")), safeName(name.base, kMaxNameBytes),
             QString::number(item.id.value), endingOf(part, name));
}

QMap<QByteArray, QByteArray> metadataOf(const catalog::Item &item, const QString &camera, Part part,
                                        const QByteArray &sha256)
{
    return {
        {"sha256", sha256.toHex()},
        {"item", QByteArray::number(item.id.value)},
        {"part", partName(part)},
        {"camera", encodedEnd(camera, kMaxCameraText)},
        {"captured", isoText(item.captured)},
        {"received", isoText(item.received)},
        {"name", encodedEnd(item.sourcePath, kMaxNameText)},
    };
}

QByteArray contentTypeOf(const QString &key)
{
    static constexpr std::array kTypes = {
        std::pair{".jpg", "image/jpeg"},       std::pair{".jpeg", "image/jpeg"},
        std::pair{".png", "image/png"},        std::pair{".heic", "image/heic"},
        std::pair{".gif", "image/gif"},        std::pair{".webp", "image/webp"},
        std::pair{".bmp", "image/bmp"},        std::pair{".mp4", "video/mp4"},
        std::pair{".m4v", "video/mp4"},        std::pair{".mov", "video/quicktime"},
        std::pair{".mkv", "video/x-matroska"}, std::pair{".avi", "video/x-msvideo"},
        std::pair{".ts", "video/mp2t"},        std::pair{".txt", "text/plain"},
    };
    for (const auto &[ending, type] : kTypes) {
        if (key.endsWith(QLatin1String(ending)))
            return type;
    }
    return "application/octet-stream";
}

} // namespace gatehouse::offsite
