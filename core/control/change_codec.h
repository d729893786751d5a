// The catalog's changes as notifications on the control socket: what the engine's Changes emits is sent, and
// what arrives is emitted by the client's Changes. Values: any thread.
#pragma once

#include "catalog/changes.h"

#include <QJsonObject>
#include <functional>

namespace gatehouse::control
{

using Notify = std::function<void(const QString &notification, const QJsonObject &values)>;

// Sends each signal of `changes` as a notification, for as long as `context` lives.
void forwardChanges(catalog::Changes &changes, QObject *context, Notify notify);
// Emits the signal a notification stands for; false: it is none of the catalog's.
bool repeatChange(const QString &notification, const QJsonObject &values, catalog::Changes &changes);

} // namespace gatehouse::control
