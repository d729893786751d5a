#include "app/engine/notifications.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/examination_feature.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/lan_addresses.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/repair_feature.h"
#include "base/when_done.h"
#include "ingest/examiner.h"
#include "ingest/importer.h"

#include <QJsonArray>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

constexpr int kStatusEveryMs = 5'000;

QJsonArray textsOf(const QVector<QHostAddress> &addresses)
{
    QJsonArray out;
    for (const QHostAddress &address : addresses)
        out.append(address.toString());
    return out;
}

QString causeOf(ftp::LogInRefusal refusal)
{
    switch (refusal) {
    case ftp::LogInRefusal::WrongPassword:
        return QStringLiteral("password");
    case ftp::LogInRefusal::NotEncrypted:
        return QStringLiteral("not_encrypted");
    case ftp::LogInRefusal::OldTls:
        return QStringLiteral("old_tls");
    case ftp::LogInRefusal::OwnTrouble:
        break;
    }
    return QStringLiteral("own_trouble");
}

QJsonObject importNotification(const ingest::ImportProgress &progress)
{
    return {{QStringLiteral("total"), progress.total},       {QStringLiteral("done"), progress.done},
            {QStringLiteral("added"), progress.added},       {QStringLiteral("known"), progress.known},
            {QStringLiteral("passed"), progress.passed},     {QStringLiteral("failed"), progress.failed},
            {QStringLiteral("bytes"), progress.bytes},       {QStringLiteral("error"), progress.lastError},
            {QStringLiteral("finished"), progress.finished}, {QStringLiteral("stopped"), progress.stopped}};
}

// Notifies of the status when it differs from the last one sent; the room on the disk counts in steps of 1 %.
class StatusNotifier : public QObject
{
public:
    StatusNotifier(Engine &engine, EngineCommands &commands, QObject *parent, control::Notify notify)
        : QObject(parent), m_commands(commands), m_notify(std::move(notify))
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
        timer->start(kStatusEveryMs);
    }

private:
    void look()
    {
        whenDone(m_commands.run(QStringLiteral("status"), {}), this,
                 [this](const Result<QJsonObject> &status) {
                     if (!status || keyOf(*status) == m_lastNotified)
                         return;
                     m_lastNotified = keyOf(*status);
                     m_notify(QStringLiteral("status"), *status);
                 });
    }

    static QJsonObject keyOf(QJsonObject status)
    {
        QJsonObject archive = status.value(QLatin1String("archive")).toObject();
        const qint64 step = std::max<qint64>(1, archive.value(QLatin1String("total")).toInteger() / 100);
        archive.insert(QStringLiteral("free"), archive.value(QLatin1String("free")).toInteger() / step);
        status.insert(QStringLiteral("archive"), archive);
        for (const auto *counter :
             {"items", "bytes", "examining", "sessions", "refused_logins", "refused_uploads"})
            status.remove(QLatin1String(counter));
        return status;
    }

    EngineCommands &m_commands;
    control::Notify m_notify;
    QJsonObject m_lastNotified;
};

} // namespace

void forwardNotifications(Engine &engine, EngineCommands &commands, QObject *context,
                          const control::Notify &notify)
{
    new StatusNotifier(engine, commands, context, notify);
    const auto notifyImport = [notify](const ingest::ImportProgress &progress) {
        notify(QStringLiteral("import"), importNotification(progress));
    };
    QObject::connect(&engine.ingest().importer(), &ingest::Importer::progressed, context, notifyImport);
    QObject::connect(&engine.ingest().importer(), &ingest::Importer::finished, context, notifyImport);
    QObject::connect(&engine.examination().examiner(), &ingest::Examiner::posterMade, context,
                     [notify](ItemId item) {
                         notify(QStringLiteral("poster"), {{QStringLiteral("item"), item.value}});
                     });
    QObject::connect(&engine.receiver(), &ReceiverFeature::loggedIn, context,
                     [notify](AccountId account, const QHostAddress &peer) {
                         notify(QStringLiteral("login"), {{QStringLiteral("account"), account.value},
                                                          {QStringLiteral("peer"), peer.toString()}});
                     });
    QObject::connect(&engine.receiver(), &ReceiverFeature::logInRefused, context,
                     [notify](const QString &user, const QHostAddress &peer, const QString &reason,
                              ftp::LogInRefusal refusal) {
                         notify(QStringLiteral("refused"), {{QStringLiteral("user"), user},
                                                            {QStringLiteral("peer"), peer.toString()},
                                                            {QStringLiteral("reason"), reason},
                                                            {QStringLiteral("cause"), causeOf(refusal)}});
                     });
    QObject::connect(&engine.receiver().watch(), &ReceiverWatch::passiveUnused, context,
                     [notify](const QString &user, const QHostAddress &peer) {
                         notify(QStringLiteral("unreached"),
                                {{QStringLiteral("user"), user}, {QStringLiteral("peer"), peer.toString()}});
                     });
    QObject::connect(&engine.receiver().watch(), &ReceiverWatch::passiveUsedAgain, context,
                     [notify](const QString &user) {
                         notify(QStringLiteral("reached"), {{QStringLiteral("user"), user}});
                     });
    QObject::connect(&engine.receiver(), &ReceiverFeature::addressesChanged, context,
                     [notify](const QVector<QHostAddress> &now, const QVector<QHostAddress> &before) {
                         notify(QStringLiteral("address"), {{QStringLiteral("addresses"), textsOf(now)},
                                                            {QStringLiteral("previous"), textsOf(before)}});
                     });
}

} // namespace gatehouse::app
