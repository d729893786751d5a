// The view an account has over FTP of what it sent, as it outlives a restart.
// Inside a writer's command.
#pragma once

#include "catalog/store.h"

namespace gatehouse::catalog
{

QVector<ViewEntry> readView(Store &store, AccountId account);
void putView(Store &store, AccountId account, const ViewEntry &entry);
void removeView(Store &store, AccountId account, const QString &path);
Result<void> renameView(Store &store, AccountId account, const QString &from, const QString &to);
int expireViews(Store &store, qint64 olderThan);

} // namespace gatehouse::catalog
