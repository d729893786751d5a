// Load and power supply, read from files like the kernel's.
#include "base/machine.h"

#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;

class MachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void knowsWhetherItRunsOnBattery()
    {
        const SystemMachine machine(path(QStringLiteral("stat")), path(QStringLiteral("power")));
        QVERIFY(!machine.isOnBattery()); // a desktop PC lists no supplies
        write(QStringLiteral("power/BAT0/type"), "Battery\n");
        write(QStringLiteral("power/BAT0/status"), "Discharging\n");
        QVERIFY(machine.isOnBattery());
        write(QStringLiteral("power/BAT0/status"), "Charging\n");
        QVERIFY(!machine.isOnBattery());
        // Full, and used up first by some laptops although they are plugged in.
        write(QStringLiteral("power/BAT0/status"), "Discharging\n");
        write(QStringLiteral("power/AC/type"), "Mains\n");
        write(QStringLiteral("power/AC/online"), "1\n");
        QVERIFY(!machine.isOnBattery());
        write(QStringLiteral("power/AC/online"), "0\n");
        QVERIFY(machine.isOnBattery());
        // The mouse's battery says nothing about the PC.
        write(QStringLiteral("power/BAT0/scope"), "Device\n");
        QVERIFY(!machine.isOnBattery());
    }

    void isBusyWithWorkOfNormalPriority()
    {
        SystemMachine machine(path(QStringLiteral("stat")), path(QStringLiteral("power")));
        // user nice system idle iowait irq softirq steal
        write(QStringLiteral("stat"), "cpu  1000 0 1000 1000 0 0 0 0 0 0\ncpu0 1 2 3\n");
        QVERIFY(machine.isBusy()); // since boot
        write(QStringLiteral("stat"), "cpu  1010 500 1010 1100 50 0 0 0 0 0\n");
        QVERIFY(!machine.isBusy()); // the rest was nice, idle, or waited for the disk
        write(QStringLiteral("stat"), "cpu  1100 500 1050 1150 50 5 5 0 0 0\n");
        QVERIFY(machine.isBusy());
        QFile::remove(path(QStringLiteral("stat")));
        QVERIFY(!machine.isBusy()); // unknown
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text)
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

GATEHOUSE_TEST(MachineTest)
#include "machine_test.moc"
