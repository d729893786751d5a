#include "app/engine/notifications.h"
#include "app/engine/catalog_repairs.h"
#include "app/engine/copy_feature.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/offsite_feature.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/repair_feature.h"
#include "ingest/copies/copy_maker.h"
#include "ingest/importer.h"

#include "app/engine/lan_addresses.h"
#include "protocol/engine.h"
#include "protocol/import.h"
#include "protocol/items.h"
#include "protocol/receiver.h"

#include <QTimer>
#include <algorithm>
#include <tuple>

namespace gatehouse::app
{

namespace
{

constexpr int kStatusEveryMs = 5'000;
constexpr int kFaultsSoonMs = 200;

QVector<QString> textsOf(const QVector<QHostAddress> &addresses)
{
    QVector<QString> out;
    for (const QHostAddress &address : addresses)
        out.append(address.toString());
    return out;
}

protocol::ImportProgress progressOf(const ingest::ImportProgress &progress)
{
    return {progress.total,  progress.done,  progress.added,     progress.known,    progress.passed,
            progress.failed, progress.bytes, progress.lastError, progress.finished, progress.stopped};
}

// Notifies of the status when it differs from the last one sent; free space counts in steps of 1 %.
class StatusNotifier : public QObject
{
public:
    StatusNotifier(Engine &engine, EngineCommands &commands, control::Notifications &to)
        : QObject(&to), m_commands(commands), m_to(to)
    {
        auto *timer = new QTimer(this);
        timer->setTimerType(Qt::VeryCoarseTimer);
        connect(timer, &QTimer::timeout, this, &StatusNotifier::look);
        connect(&engine.receiver(), &ReceiverFeature::changed, this, &StatusNotifier::look,
                Qt::QueuedConnection);
        connect(&engine.repair().repairs(), &CatalogRepairs::progressed, this, &StatusNotifier::look,
                Qt::QueuedConnection);
        connect(&engine.context().problems, &Problems::changed, this, &StatusNotifier::look,
                Qt::QueuedConnection);
        // A stranger may cause many of these.
        auto *soon = new QTimer(this);
        soon->setSingleShot(true);
        soon->setInterval(kFaultsSoonMs);
        connect(soon, &QTimer::timeout, this, &StatusNotifier::look);
        connect(&engine.receiver().watch(), &ReceiverWatch::changed, soon, [soon] {
            if (!soon->isActive())
                soon->start();
        });
        timer->start(kStatusEveryMs);
    }

private:
    void look()
    {
        whenDone(m_commands.send(protocol::GetStatus()), this,
                 [this](const Result<protocol::Status> &status) {
                     if (!status || keyOf(*status) == m_lastNotified)
                         return;
                     m_lastNotified = keyOf(*status);
                     m_to.notify(*status);
                 });
    }

    // The part that is worth a notification.
    static QJsonObject keyOf(protocol::Status status)
    {
        const qint64 step = std::max<qint64>(1, status.archive.total.value_or(0) / 100);
        if (status.archive.free)
            *status.archive.free /= step;
        status.items = status.bytes = {};
        status.copyBytes = 0;
        status.examining = status.sessions = 0;
        status.refusedLogIns = status.refusedUploads = {};
        for (protocol::CameraFault &fault : status.faults)
            fault.count = fault.last = 0;
        std::sort(status.faults.begin(), status.faults.end(),
                  isBefore); // its repetition moves it to the front
        return protocol::toJson(status);
    }

    static bool isBefore(const protocol::CameraFault &a, const protocol::CameraFault &b)
    {
        return std::tuple(a.first, a.kind, a.user, a.peer) < std::tuple(b.first, b.kind, b.user, b.peer);
    }

    EngineCommands &m_commands;
    control::Notifications &m_to;
    QJsonObject m_lastNotified;
};

} // namespace

void forwardNotifications(Engine &engine, EngineCommands &commands, control::Notifications &to)
{
    new StatusNotifier(engine, commands, to);
    const auto notifyImport = [&to](const ingest::ImportProgress &progress) {
        to.notify(progressOf(progress));
    };
    QObject::connect(&engine.ingest().importer(), &ingest::Importer::progressed, &to, notifyImport);
    QObject::connect(&engine.ingest().importer(), &ingest::Importer::finished, &to, notifyImport);
    QObject::connect(
        &engine.receiver().watch(), &ReceiverWatch::dialogueOpened, &to,
        [&to](const QHostAddress &peer) { to.notify(protocol::DialogueOpened{peer.toString()}); });
    QObject::connect(&engine.copies().maker(), &ingest::CopyMaker::progressed, &to,
                     [&to](ItemId item, catalog::DerivativeKind kind, double progress) {
                         to.notify(protocol::DerivationProgress{item, copyKindOf(kind), int(progress * 100)});
                     });
    QObject::connect(&engine.offsite(), &OffsiteFeature::changed, &to,
                     [&engine, &to] { to.notify(protocol::OffsiteChanged{engine.offsite().status()}); });
    QObject::connect(&engine.receiver(), &ReceiverFeature::loggedIn, &to,
                     [&to](AccountId account, const QHostAddress &peer) {
                         to.notify(protocol::LoggedIn{account, peer.toString()});
                     });
    QObject::connect(&engine.receiver(), &ReceiverFeature::addressesChanged, &to,
                     [&to](const QVector<QHostAddress> &now, const QVector<QHostAddress> &before) {
                         to.notify(protocol::AddressesChanged{textsOf(now), textsOf(before)});
                     });
}

} // namespace gatehouse::app
