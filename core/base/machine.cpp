#include "base/machine.h"

#include <QDir>
#include <QFile>

namespace gatehouse
{

namespace
{

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readLine(1024).trimmed() : QByteArray();
}

} // namespace

SystemMachine::SystemMachine(QString processorFile, QString powerFolder)
    : m_processorFile(std::move(processorFile)), m_powerFolder(std::move(powerFolder))
{
}

bool SystemMachine::isOnBattery() const
{
    const QDir folder(m_powerFolder);
    bool isDischarging = false;
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString supply = folder.filePath(name) + QLatin1Char('/');
        const QByteArray type = firstLine(supply + QStringLiteral("type"));
        if (type == "Mains" || type == "USB") {
            if (firstLine(supply + QStringLiteral("online")) == "1")
                return false;
        } else if (type == "Battery" && firstLine(supply + QStringLiteral("scope")) != "Device") {
            // Device: of a mouse or a headset.
            isDischarging = isDischarging || firstLine(supply + QStringLiteral("status")) == "Discharging";
        }
    }
    return isDischarging;
}

bool SystemMachine::isBusy()
{
    // "cpu <user> <nice> <system> <idle> <iowait> <irq> <softirq> <steal> …", in ticks since boot
    const QList<QByteArray> fields = firstLine(m_processorFile).simplified().split(' ');
    constexpr int nice = 2;
    constexpr int idle = 4;
    constexpr int waiting = 5;
    constexpr int steal = 8;
    qint64 used = 0;
    qint64 all = 0;
    for (int i = 1; i <= steal && i < fields.size(); ++i) {
        const qint64 ticks = fields[i].toLongLong();
        all += ticks;
        used += i == nice || i == idle || i == waiting ? 0 : ticks;
    }
    const qint64 usedSince = used - m_used;
    const qint64 allSince = all - m_all;
    m_used = used;
    m_all = all;
    return usedSince * 2 > allSince;
}

} // namespace gatehouse
