#include "app/engine_facts.h"

#include "app/home_network.h"
#include "base/when_done.h"

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

QJsonObject importFact(const ingest::ImportProgress &progress)
{
    return {{QStringLiteral("total"), progress.total},       {QStringLiteral("done"), progress.done},
            {QStringLiteral("added"), progress.added},       {QStringLiteral("known"), progress.known},
            {QStringLiteral("passed"), progress.passed},     {QStringLiteral("failed"), progress.failed},
            {QStringLiteral("bytes"), progress.bytes},       {QStringLiteral("error"), progress.lastError},
            {QStringLiteral("finished"), progress.finished}, {QStringLiteral("stopped"), progress.stopped}};
}

// Tells the status when it differs from the last one told; the room on the disk counts in steps of 1 %.
class StatusTeller : public QObject
{
public:
    StatusTeller(Engine &engine, EngineCommands &commands, QObject *parent, control::Tell tell)
        : QObject(parent), m_commands(commands), m_tell(std::move(tell))
    {
        auto *timer = new QTimer(this);
        timer->setTimerType(Qt::VeryCoarseTimer);
        connect(timer, &QTimer::timeout, this, &StatusTeller::look);
        connect(&engine, &Engine::receiverChanged, this, &StatusTeller::look, Qt::QueuedConnection);
        connect(&engine.repairs(), &CatalogRepairs::progressed, this, &StatusTeller::look,
                Qt::QueuedConnection);
        connect(&engine.problems(), &Problems::changed, this, &StatusTeller::look, Qt::QueuedConnection);
        timer->start(kStatusEveryMs);
    }

private:
    void look()
    {
        whenDone(m_commands.run(QStringLiteral("status"), {}), this,
                 [this](const Result<QJsonObject> &status) {
                     if (!status || keyOf(*status) == m_told)
                         return;
                     m_told = keyOf(*status);
                     m_tell(QStringLiteral("status"), *status);
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
    control::Tell m_tell;
    QJsonObject m_told;
};

} // namespace

void tellFacts(Engine &engine, EngineCommands &commands, QObject *context, const control::Tell &tell)
{
    new StatusTeller(engine, commands, context, tell);
    const auto tellImport = [tell](const ingest::ImportProgress &progress) {
        tell(QStringLiteral("import"), importFact(progress));
    };
    QObject::connect(&engine.importer(), &ingest::Importer::progressed, context, tellImport);
    QObject::connect(&engine.importer(), &ingest::Importer::finished, context, tellImport);
    QObject::connect(&engine.examiner(), &ingest::Examiner::posterMade, context, [tell](ItemId item) {
        tell(QStringLiteral("poster"), {{QStringLiteral("item"), item.value}});
    });
    QObject::connect(
        &engine, &Engine::loggedIn, context, [tell](AccountId account, const QHostAddress &peer) {
            tell(QStringLiteral("login"),
                 {{QStringLiteral("account"), account.value}, {QStringLiteral("peer"), peer.toString()}});
        });
    QObject::connect(&engine, &Engine::logInRefused, context,
                     [tell](const QString &user, const QHostAddress &peer, const QString &reason,
                            ftp::LogInRefusal refusal) {
                         tell(QStringLiteral("refused"), {{QStringLiteral("user"), user},
                                                          {QStringLiteral("peer"), peer.toString()},
                                                          {QStringLiteral("reason"), reason},
                                                          {QStringLiteral("cause"), causeOf(refusal)}});
                     });
    QObject::connect(&engine.receiverWatch(), &ReceiverWatch::passiveUnused, context,
                     [tell](const QString &user, const QHostAddress &peer) {
                         tell(QStringLiteral("unreached"),
                              {{QStringLiteral("user"), user}, {QStringLiteral("peer"), peer.toString()}});
                     });
    QObject::connect(&engine.receiverWatch(), &ReceiverWatch::passiveUsedAgain, context,
                     [tell](const QString &user) {
                         tell(QStringLiteral("reached"), {{QStringLiteral("user"), user}});
                     });
    QObject::connect(&engine, &Engine::addressesChanged, context,
                     [tell](const QVector<QHostAddress> &now, const QVector<QHostAddress> &before) {
                         tell(QStringLiteral("address"), {{QStringLiteral("addresses"), textsOf(now)},
                                                          {QStringLiteral("previous"), textsOf(before)}});
                     });
}

} // namespace gatehouse::app
