// Looks whether the catalog is sound: soon after the start and then daily, all of its pages, on a thread of
// its own that runs when nobody else wants the processor, and for a bounded time. Receiving never waits for
// it. Lives on one thread with an event loop.
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
    ~HealthCheck() override; // breaks off the look under way

    void start();
    void look(); // at once, unless one is under way

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
