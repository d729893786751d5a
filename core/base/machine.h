// Whether this PC has time and power to spare for work that nobody waits for. One thread; reads a few lines
// of /proc and /sys, which takes no disk.
#pragma once

#include <QString>
#include <QtGlobal>

namespace gatehouse
{

class Machine
{
public:
    Machine() = default;
    Q_DISABLE_COPY_MOVE(Machine)
    virtual ~Machine() = default;

    [[nodiscard]] virtual bool isOnBattery() const = 0;
    // Work of normal priority has used more than half of all CPUs since the previous call.
    [[nodiscard]] virtual bool isBusy() = 0;
};

class SystemMachine final : public Machine
{
public:
    explicit SystemMachine(QString processorFile = QStringLiteral("/proc/stat"),
                           QString powerFolder = QStringLiteral("/sys/class/power_supply"));

    // A supply from the mains is offline, or a battery of the system is discharging.
    [[nodiscard]] bool isOnBattery() const override;
    [[nodiscard]] bool isBusy() override;

private:
    QString m_processorFile;
    QString m_powerFolder;
    qint64 m_used = 0; // ticks of all CPUs since boot
    qint64 m_all = 0;
};

} // namespace gatehouse
