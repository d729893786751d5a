// Looks into a database file page by page, and damages it as a broken disk does. SQLite must not be at it.
#pragma once

#include <QByteArray>
#include <QString>
#include <QVector>

namespace gatehouse::tests
{

constexpr int kDatabasePageSize = 4096;

struct DatabasePage {
    int number = 0;
    QByteArray owner; // table or index
    QByteArray type;  // "leaf", "internal", "overflow"
    int cells = 0;
};

QVector<DatabasePage> pagesOf(const QString &path);
// A failure is the test's.
void overwritePage(const QString &path, int page, const QByteArray &bytes);
// All pages of a table or an index.
void destroy(const QString &path, const char *owner);

} // namespace gatehouse::tests
