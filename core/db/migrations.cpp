#include "db/migrations.h"

#include "base/messages.h"
#include "db/transaction.h"

#include <QDir>
#include <QFile>
#include <algorithm>

namespace gatehouse::db
{

Result<void> migrate(Connection &connection, const QString &folder, int upTo)
{
    const QStringList steps = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    int version = 0;
    {
        Statement statement = connection.query("PRAGMA user_version");
        if (statement.step())
            version = statement.number(0);
    }
    if (auto error = connection.takeError())
        return tl::unexpected(*error);
    if (version > steps.size())
        return fail(ErrorKind::Invalid,
                    Messages::tr("This catalog was created by a newer version of Gatehouse (schema %1; this "
                                 "version supports %2). Update Gatehouse.")
                        .arg(QString::number(version), QString::number(steps.size())),
                    QStringLiteral("db"));
    for (; version < std::min(int(steps.size()), upTo); ++version) {
        QFile file(QDir(folder).filePath(steps[version]));
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorKind::Internal, file.errorString(), file.fileName());
        Transaction transaction(connection, Transaction::Write);
        connection.script(file.readAll());
        connection.script("PRAGMA user_version = " + QByteArray::number(version + 1));
        if (Result<void> done = transaction.commit(); !done)
            return done;
    }
    return {};
}

} // namespace gatehouse::db
