#include "base/windows_1252.h"

namespace gatehouse
{

QString fromWindows1252(const QByteArray &bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        const unsigned at = c.unicode() - unsigned(kFirstWindowsByte);
        if (at < kWindowsLetters.size())
            c = QChar(kWindowsLetters[at]);
    }
    return text;
}

} // namespace gatehouse
