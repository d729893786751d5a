// Inspects a database file page by page, and damages it like a broken disk. SQLite must not have it open.
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
// Fails the test on error.
void overwritePage(const QString &path, int page, const QByteArray &bytes);
// Overwrites all pages of a table or index.
void destroy(const QString &path, const char *owner);

} // namespace gatehouse::tests
