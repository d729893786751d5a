// The FTP tree: what an account sees of what it sent, as it outlives a restart.
// Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"

namespace gatehouse::catalog
{

QVector<FtpEntry> readFtpEntries(WriteContext &context, AccountId account);
void putFtpEntry(WriteContext &context, AccountId account, const FtpEntry &entry);
void removeFtpEntry(WriteContext &context, AccountId account, const QString &path);
Result<void> renameFtpEntry(WriteContext &context, AccountId account, const QString &from, const QString &to);
int expireFtpEntries(WriteContext &context, qint64 olderThan);

} // namespace gatehouse::catalog
