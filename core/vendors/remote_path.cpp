#include "vendors/remote_path.h"

#include "base/byte_name.h"
#include "vendors/file_extension.h"

#include <array>

namespace gatehouse::vendors
{

namespace
{
constexpr qsizetype kMaxPathLength = 4096;

QChar straight(QChar c)
{
    if (isByteOfName(c))
        return readableByte(c);
    return c == QLatin1Char('\\') ? QLatin1Char('/') : c;
}

QString straightened(const QString &written)
{
    QString out;
    const qsizetype start = std::max(qsizetype(0), written.size() - kMaxPathLength);
    out.reserve(written.size() - start);
    for (qsizetype i = start; i < written.size(); ++i) {
        const QChar c = straight(written[i]);
        if (c == QLatin1Char('/') && (out.isEmpty() || out.endsWith(c)))
            continue;
        out += c;
    }
    return out;
}

// Turns "x.mp4_", "x.mp4.part" and "x_tmp.jpg" into the name after the rename.
bool stripTemporarySuffix(QString &text)
{
    static constexpr std::array kTemporarySuffixes = {".part", ".filepart", ".tmp", ".uploading"};
    const qsizetype nameAt = text.lastIndexOf(QLatin1Char('/')) + 1;
    for (const char *suffix : kTemporarySuffixes) {
        const QLatin1String end(suffix);
        const qsizetype rest = text.size() - end.size();
        if (text.endsWith(end, Qt::CaseInsensitive) &&
            text.lastIndexOf(QLatin1Char('.'), rest - 1) > nameAt) {
            text.chop(end.size());
            return true;
        }
    }
    const qsizetype dot = text.lastIndexOf(QLatin1Char('.'));
    if (dot <= nameAt)
        return false;
    if (text.endsWith(QLatin1Char('_')) && text.size() - dot > 2) {
        text.chop(1);
        return true;
    }
    const QLatin1String middle("_tmp");
    if (dot - middle.size() > nameAt && QStringView(text).left(dot).endsWith(middle, Qt::CaseInsensitive)) {
        text.remove(dot - middle.size(), middle.size());
        return true;
    }
    return false;
}
} // namespace

RemotePath::RemotePath(const QString &written) : text(straightened(written))
{
    inProgress = stripTemporarySuffix(text);
    lower = text.toLower();
    // Characters such as U+0130 have two in lower case: then positions would not fit.
    if (lower.size() != text.size()) {
        lower = text;
        for (QChar &c : lower)
            c = c.unicode() < 128 ? c.toLower() : c;
    }
    nameAt = int(text.lastIndexOf(QLatin1Char('/')) + 1);
    nameEnd = int(extensionAt(text));
    int run = 0;
    for (const QChar c : std::as_const(text)) {
        run = c >= QLatin1Char('0') && c <= QLatin1Char('9') ? run + 1 : 0;
        maxDigits = std::max(maxDigits, run);
    }
}

} // namespace gatehouse::vendors
