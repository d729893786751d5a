// Checks the catalog for damage: soon after startup and then daily, all of its pages, on a separate thread
// with idle priority, and for a bounded time. Reception never waits for it. Lives on one thread with an event
// loop.
#pragma once

#include "base/result.h"

#include <QObject>
#include <QTimer>
#include <atomic>

class QThread;

namespace gatehouse::catalog
{

class HealthCheck : public QObject
{
    Q_OBJECT

public:
    explicit HealthCheck(QString databasePath, QObject *parent = nullptr);
    ~HealthCheck() override; // aborts a running check

    void start();
    void look(); // at once, unless a check is running

Q_SIGNALS:
    void damageFound(const QString &text); // a sentence that says what to do

private:
    void finish(const Result<void> &sound);

    const QString m_databasePath;
    QTimer m_next;
    QThread *m_looking = nullptr;
    std::atomic<bool> m_stopping = false;
};

} // namespace gatehouse::catalog
