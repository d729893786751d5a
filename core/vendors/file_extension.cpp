#include "vendors/file_extension.h"

#include <QHash>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

constexpr qsizetype kMaxExtension = 6;
constexpr qsizetype kMaxAddition = 16; // of a server, for a unique name

QHash<QString, Kind> extensions()
{
    QHash<QString, Kind> out;
    for (const char *extension : {"jpg", "jpeg", "jpe", "jpf", "jp2", "png", "bmp", "gif", "webp", "heic",
                                  "heif", "hif", "avif", "tif", "tiff"})
        out.insert(QString::fromLatin1(extension), Kind::Still);
    for (const char *extension :
         {"mp4",  "mkv", "avi",   "dav",  "mov",  "ts",   "m2ts", "mts", "264", "265",  "h264",
          "h265", "asf", "wmv",   "flv",  "mpg",  "mpeg", "m4v",  "m4f", "3gp", "webm", "ogv",
          "ps",   "vob", "mjpeg", "mjpg", "hevc", "av1",  "mxg",  "bvr", "m4s"})
        out.insert(QString::fromLatin1(extension), Kind::Clip);
    for (const char *extension : {"idx", "txt", "csv", "srt", "xml", "json", "log", "md5", "sha256", "vtt",
                                  "ini", "psi", "tag", "nfo", "html"})
        out.insert(QString::fromLatin1(extension), Kind::Sidecar);
    return out;
}

Kind kindOf(QStringView extension)
{
    static const QHash<QString, Kind> kExtensions = extensions();
    return extension.size() > kMaxExtension ? Kind::Other
                                            : kExtensions.value(extension.toString().toLower(), Kind::Other);
}

bool isAlphanumeric(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); });
}

// What servers add: ".1", ".1a2b", ".k3_x9q0z".
bool isAddition(QStringView text)
{
    return !text.isEmpty() && text.size() <= kMaxAddition &&
           std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return c.unicode() < 128 &&
                      (c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-'));
           });
}

} // namespace

qsizetype extensionAt(QStringView path)
{
    const qsizetype nameAt = path.lastIndexOf(QLatin1Char('/')) + 1;
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
    if (dot <= nameAt)
        return path.size();
    const QStringView last = path.mid(dot + 1);
    if (kindOf(last) != Kind::Other)
        return dot;
    const QStringView before = path.left(dot);
    const qsizetype earlier = before.lastIndexOf(QLatin1Char('.'));
    if (earlier > nameAt && isAddition(last) && kindOf(before.mid(earlier + 1)) != Kind::Other)
        return earlier;
    // "08.15.30" has none.
    const bool hasLetter = std::any_of(last.cbegin(), last.cend(), [](QChar c) { return c.isLetter(); });
    return last.size() <= kMaxExtension && hasLetter && isAlphanumeric(last) ? dot : path.size();
}

Kind kindByExtension(QStringView path)
{
    const QStringView extension = path.mid(extensionAt(path) + 1);
    return kindOf(extension.left(
        extension.indexOf(QLatin1Char('.')) < 0 ? extension.size() : extension.indexOf(QLatin1Char('.'))));
}

} // namespace gatehouse::vendors
