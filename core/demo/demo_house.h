// Fourteen simulated cameras: uploads a plausible last half day through the real FTP port, newest first, then
// an event every few seconds. Lives on one thread with an event loop; drawing and encoding run on one
// background thread. Stops when destroyed.
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
    // Called once per camera: returns its account, creating it if needed.
    using Accounts = std::function<QFuture<Result<Credentials>>(QString cameraName)>;

    struct Options {
        int pastHours = 12;
        int pastEvents = 80;
        int liveEveryMs = 6'000; // on average
        unsigned seed = 1;       // of the day: each seed gives a different one
    };

    DemoHouse(const QHostAddress &address, quint16 port, Accounts accounts, const Clock &clock,
              QObject *parent = nullptr);
    ~DemoHouse() override;

    void setOptions(const Options &options);
    void start();

Q_SIGNALS:
    // Progress through the last half day's events.
    void progressed(int done, int total);
    void wentLive();
    void failed(const QString &cameraName, const QString &reason);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::demo
