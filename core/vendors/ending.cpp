#include "vendors/ending.h"

#include <QHash>

namespace gatehouse::vendors
{

namespace
{
QHash<QString, Kind> endings()
{
    QHash<QString, Kind> out;
    for (const char *ending :
         {"jpg", "jpeg", "jpe", "png", "bmp", "gif", "webp", "heic", "heif", "hif", "avif", "tif", "tiff"})
        out.insert(QString::fromLatin1(ending), Kind::Still);
    for (const char *ending :
         {"mp4", "mkv", "avi", "dav",  "mov", "ts",  "m2ts", "mts", "264", "265", "h264",  "h265", "asf",
          "wmv", "flv", "mpg", "mpeg", "m4v", "3gp", "webm", "ogv", "ps",  "vob", "mjpeg", "mjpg", "hevc"})
        out.insert(QString::fromLatin1(ending), Kind::Clip);
    for (const char *ending :
         {"idx", "txt", "csv", "srt", "xml", "json", "log", "md5", "sha256", "vtt", "ini"})
        out.insert(QString::fromLatin1(ending), Kind::Sidecar);
    return out;
}
} // namespace

Kind kindByEnding(QStringView path)
{
    static const QHash<QString, Kind> kEndings = endings();
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
    if (dot < 0 || path.size() - dot > 7)
        return Kind::Other;
    return kEndings.value(path.mid(dot + 1).toString().toLower(), Kind::Other);
}

} // namespace gatehouse::vendors
