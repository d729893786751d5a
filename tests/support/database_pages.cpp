#include "support/database_pages.h"

#include "db/connection.h"

#include <QFile>
#include <QTest>

namespace gatehouse::tests
{

QVector<DatabasePage> pagesOf(const QString &path)
{
    QVector<DatabasePage> out;
    const auto connection = *db::Connection::open({path, true});
    db::Statement row = connection->query("SELECT pageno, name, pagetype, ncell FROM dbstat ORDER BY pageno");
    while (row.step())
        out.append({row.number(0), row.blob(1), row.blob(2), row.number(3)});
    return out;
}

void overwritePage(const QString &path, int page, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(qint64(page - 1) * kDatabasePageSize));
    QCOMPARE(file.write(bytes), bytes.size());
}

void destroy(const QString &path, const char *owner)
{
    const QVector<DatabasePage> pages = pagesOf(path);
    for (const DatabasePage &page : pages) {
        if (page.owner == owner)
            overwritePage(path, page.number, QByteArray(kDatabasePageSize, 'x'));
    }
}

} // namespace gatehouse::tests
