// Fourteen cameras that are not there: uploads a believable last half day through the real FTP port,
// newest first, then goes on with an event every few seconds. Lives on one thread with an event loop;
// drawing and encoding run on one background thread. Stops when destroyed.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "demo/day_plan.h"
#include "demo/ftp_uploader.h"

#include <QFuture>
#include <functional>
#include <memory>

namespace gatehouse::demo
{

class DemoHouse : public QObject
{
    Q_OBJECT

public:
    // Asked once per camera: its account, made where there is none yet.
    using Accounts = std::function<QFuture<Result<Credentials>>(QString cameraName)>;

    struct Options {
        int pastHours = 12;
        int pastEvents = 80;
        int liveEveryMs = 6'000; // on average
        unsigned seed = 1;       // of the day; another one is another day
    };

    DemoHouse(const QHostAddress &address, quint16 port, Accounts accounts, const Clock &clock,
              QObject *parent = nullptr);
    ~DemoHouse() override;

    void setOptions(const Options &options);
    void start();

Q_SIGNALS:
    // Of the last half day's events.
    void progressed(int done, int total);
    void wentLive();
    void failed(const QString &cameraName, const QString &reason);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::demo
