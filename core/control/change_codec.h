// The catalog's changes as facts on the control socket: what the engine's Changes emits is sent, and
// what arrives is emitted by the client's Changes. Values: any thread.
#pragma once

#include "catalog/changes.h"

#include <QJsonObject>
#include <functional>

namespace gatehouse::control
{

using Tell = std::function<void(const QString &fact, const QJsonObject &values)>;

// Sends each signal of `changes` as a fact, for as long as `context` lives.
void forwardChanges(catalog::Changes &changes, QObject *context, Tell tell);
// Emits the signal a fact stands for; false: the fact is none of the catalog's.
bool repeatChange(const QString &fact, const QJsonObject &values, catalog::Changes &changes);

} // namespace gatehouse::control
