#include "media/copy/copy_path.h"

namespace gatehouse::media
{

QString copyPath(const QString &kind, ItemId item)
{
    // The low byte spreads the newest items over all folders.
    const QString spread = QStringLiteral("%1").arg(item.value & 0xFF, 2, 16, QLatin1Char('0'));
    return QStringLiteral("%1/%2/%3/%4.mp4").arg(kCopyFolder, kind, spread, QString::number(item.value));
}

} // namespace gatehouse::media
