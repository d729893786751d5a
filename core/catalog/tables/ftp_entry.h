// The rows of an account's FTP tree, so that it survives a restart. ingest::FtpTree alone decides how a
// change affects a tree; here single rows are put, moved and removed. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"

namespace gatehouse::catalog
{

QVector<FtpEntry> readFtpEntries(WriteContext &context, AccountId account);
void putFtpEntry(WriteContext &context, AccountId account, const FtpEntry &entry);
void removeFtpEntry(WriteContext &context, AccountId account, const QString &path);
// In order; an entry at a new path is replaced.
void moveFtpEntries(WriteContext &context, AccountId account, const QVector<FtpMove> &moves);
int expireFtpEntries(WriteContext &context, qint64 olderThan);

} // namespace gatehouse::catalog
