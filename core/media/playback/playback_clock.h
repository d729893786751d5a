// A player's time: it stands still or runs at a rate, and signals when it is stopped, moved or given another
// rate. Engines that follow one clock stay in step. Microseconds. The player's thread.
#pragma once

#include <QObject>

namespace gatehouse::media
{

class PlaybackClock : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual qint64 position() const = 0;
    [[nodiscard]] virtual double rate() const = 0; // 0.25 to 16
    [[nodiscard]] virtual bool isRunning() const = 0;

Q_SIGNALS:
    void moved(); // by hand, not by running
    void rateChanged(double rate);
    void runningChanged(bool on);
};

} // namespace gatehouse::media
