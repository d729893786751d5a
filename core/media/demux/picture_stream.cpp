#include "media/demux/picture_stream.h"

#include "media/picture/picture_file.h"

#include <QFileInfo>
#include <QStringList>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kMaxPairBytes = qint64(16) << 20; // bytes

bool isNamedPicture(const QString &path)
{
    static const QStringList extensions{QStringLiteral("jpg"), QStringLiteral("jpeg"), QStringLiteral("jpe"),
                                        QStringLiteral("mpo")};
    return extensions.contains(QFileInfo(path).suffix().toLower());
}

} // namespace

bool isPictureStream(const Source &source)
{
    if (pictureFormat(source.at(0, 32)) != PictureFormat::Jpeg || isNamedPicture(source.path()))
        return false;
    const QByteArray bytes = source.at(0, kMaxPairBytes);
    const auto first = outlineOf(bytes);
    if (!first || !first->isWhole)
        return false;
    const QByteArrayView rest = QByteArrayView(bytes).sliced(first->length);
    if (pictureFormat(rest) != PictureFormat::Jpeg)
        return false;
    const auto second = outlineOf(rest);
    return second && second->width == first->width && second->height == first->height;
}

} // namespace gatehouse::media
