#include "ftp/path.h"

#include "base/byte_name.h"

#include <QCoreApplication>
#include <QStringList>

namespace gatehouse::ftp
{

namespace
{
// The camera gets them as they are, the person translated: see refuseName().
constexpr QLatin1String kControlCharacters(QT_TRANSLATE_NOOP("ftp", "it contains control characters"));
constexpr QLatin1String kTooDeep(QT_TRANSLATE_NOOP("ftp", "it is in too many nested folders"));
constexpr QLatin1String kNameTooLong(QT_TRANSLATE_NOOP("ftp", "it is too long"));
constexpr QLatin1String kPathTooLong(QT_TRANSLATE_NOOP("ftp", "it is too long with its folders"));

qsizetype bytesOf(QStringView text)
{
    return text.size() * 3 <= kMaxNameLength ? text.size() : bytesOfName(text.toString()).size();
}
} // namespace

Result<QString> resolvePath(const QString &folder, const QString &argument)
{
    const QString where = QStringLiteral("ftp/path");
    QString text = argument;
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0))
            return fail(ErrorKind::Invalid, kControlCharacters, where);
        if (c == QLatin1Char('\\'))
            c = QLatin1Char('/');
    }
    QList<QStringView> parts;
    const auto add = [&parts](QStringView path) {
        for (const QStringView part : path.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
            if (part == QLatin1String(".."))
                parts.isEmpty() ? void() : parts.removeLast();
            else if (part != QLatin1String("."))
                parts.append(part);
        }
    };
    if (!text.startsWith(QLatin1Char('/')))
        add(folder);
    add(text);
    if (parts.size() > kMaxPathDepth)
        return fail(ErrorKind::Invalid, kTooDeep, where);
    QString path;
    for (const QStringView part : std::as_const(parts)) {
        if (bytesOf(part) > kMaxNameLength)
            return fail(ErrorKind::Invalid, kNameTooLong, where);
        path.append(QLatin1Char('/')).append(part);
    }
    if (bytesOf(path) > kMaxPathLength)
        return fail(ErrorKind::Invalid, kPathTooLong, where);
    return path.isEmpty() ? QStringLiteral("/") : path;
}

QString nameOfPath(const QString &path)
{
    return path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
}

QString folderOfPath(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    return slash <= 0 ? QStringLiteral("/") : path.left(slash);
}

QString quotedPath(const QString &path)
{
    QString inner = path;
    inner.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + inner + QLatin1Char('"');
}

} // namespace gatehouse::ftp
