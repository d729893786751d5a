// The player's messages: why something cannot be played, where a recording ends, picture quality. Any thread.
#pragma once

#include "base/result.h"
#include "catalog/types/item.h"

namespace gatehouse::player
{

// Why it is not opened automatically.
QString withheldText(const catalog::Item &item);
QString cannotPlayText(const catalog::Item &item, const Error &error);
// Empty: it ends normally.
QString endText(const catalog::Item &item, bool isDamaged);
QString nothingRecordedText(qint64 time, const QString &camera);
QString goneText(qint64 time, const QString &camera, const QString &reason);
// `gap`: ms between the end of one clip and the start of the next.
QString nextClipText(qint64 gap);
QString qualityText(int width, int height); // "HD 1080p", "480p"
QString rateText(double rate);              // "1×", "0.25×"

} // namespace gatehouse::player
