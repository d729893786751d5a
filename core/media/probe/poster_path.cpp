#include "media/probe/poster_path.h"

namespace gatehouse::media
{

QString posterPath(ItemId item)
{
    // The low byte spreads the newest items over all folders.
    const QString spread = QStringLiteral("%1").arg(item.value & 0xFF, 2, 16, QLatin1Char('0'));
    return QStringLiteral("posters/%1/%2.jpg").arg(spread, QString::number(item.value));
}

} // namespace gatehouse::media
