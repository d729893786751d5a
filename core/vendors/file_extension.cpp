#include "vendors/file_extension.h"

#include <QHash>

namespace gatehouse::vendors
{

namespace
{
QHash<QString, Kind> extensions()
{
    QHash<QString, Kind> out;
    for (const char *extension :
         {"jpg", "jpeg", "jpe", "png", "bmp", "gif", "webp", "heic", "heif", "hif", "avif", "tif", "tiff"})
        out.insert(QString::fromLatin1(extension), Kind::Still);
    for (const char *extension :
         {"mp4", "mkv", "avi", "dav",  "mov", "ts",  "m2ts", "mts", "264", "265", "h264",  "h265", "asf",
          "wmv", "flv", "mpg", "mpeg", "m4v", "3gp", "webm", "ogv", "ps",  "vob", "mjpeg", "mjpg", "hevc"})
        out.insert(QString::fromLatin1(extension), Kind::Clip);
    for (const char *extension :
         {"idx", "txt", "csv", "srt", "xml", "json", "log", "md5", "sha256", "vtt", "ini"})
        out.insert(QString::fromLatin1(extension), Kind::Sidecar);
    return out;
}
} // namespace

Kind kindByExtension(QStringView path)
{
    static const QHash<QString, Kind> kExtensions = extensions();
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
    if (dot < 0 || path.size() - dot > 7)
        return Kind::Other;
    return kExtensions.value(path.mid(dot + 1).toString().toLower(), Kind::Other);
}

} // namespace gatehouse::vendors
