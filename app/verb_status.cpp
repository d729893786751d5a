// gatehouse status
#include "app/engine_lock.h"
#include "app/verb_arguments.h"
#include "app/verb_support.h"
#include "app/verb_text.h"
#include "app/verbs.h"
#include "control/problem.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr qsizetype kMaxRefusedShown = 10;

QString receivingSentence(const QJsonObject &status, const QString &addresses)
{
    const QString trouble = status.value(QLatin1String("receiver")).toString();
    if (!trouble.isEmpty())
        return Verbs::tr("Not receiving: %1").arg(trouble);
    const QString port = QString::number(status.value(QLatin1String("port")).toInt());
    const qint64 pausedUntil = status.value(QLatin1String("paused_until")).toInteger();
    if (pausedUntil == 0)
        return Verbs::tr("Receiving on %1, port %2").arg(addresses, port);
    const QTime until = QDateTime::fromMSecsSinceEpoch(pausedUntil).time();
    return Verbs::tr("Receiving on %1, port %2, is paused until %3")
        .arg(addresses, port, until.toString(QStringLiteral("HH:mm")));
}

void printRefused(const QJsonArray &refused)
{
    for (qsizetype i = 0; i < std::min(refused.size(), kMaxRefusedShown); ++i) {
        const QJsonObject one = refused.at(i).toObject();
        const QDateTime last = QDateTime::fromMSecsSinceEpoch(one.value(QLatin1String("last")).toInteger());
        QString user = one.value(QLatin1String("user")).toString();
        if (user.isEmpty())
            user = Verbs::tr("no user yet");
        const QString peer = one.value(QLatin1String("peer")).toString();
        const QString what = peer.isEmpty() ? Verbs::tr("Upload refused: %1").arg(user)
                                            : Verbs::tr("Log-in refused: %1 from %2").arg(user, peer);
        printLine(Verbs::tr("%1, %2, last at %3: %4")
                      .arg(what,
                           Verbs::counted(one.value(QLatin1String("count")).toInteger(), Verbs::tr("once"),
                                          Verbs::tr("%1 times")),
                           last.toString(QStringLiteral("HH:mm")),
                           one.value(QLatin1String("reason")).toString()));
    }
    if (refused.size() > kMaxRefusedShown)
        printLine(Verbs::tr("and from %1 more").arg(refused.size() - kMaxRefusedShown));
}

void print(const QJsonObject &status)
{
    QStringList addresses;
    for (const QJsonValue &address : status.value(QLatin1String("address")).toArray())
        addresses.append(address.toString());
    const QJsonObject archive = status.value(QLatin1String("archive")).toObject();
    printLine(receivingSentence(status, addresses.join(QLatin1String(", "))));
    printLine(
        archive.value(QLatin1String("ready")).toBool()
            ? Verbs::tr("Archive %1, %2 free")
                  .arg(archive.value(QLatin1String("root")).toString(),
                       QLocale().formattedDataSize(archive.value(QLatin1String("free")).toInteger()))
            : Verbs::tr("Archive not ready: %1").arg(archive.value(QLatin1String("reason")).toString()));
    if (const QString clock = status.value(QLatin1String("clock")).toString(); !clock.isEmpty())
        printLine(clock);
    if (const QJsonValue looked = status.value(QLatin1String("rebuilding")); looked.isDouble())
        printLine(Verbs::tr("Rebuilding the catalog: %1 files looked at")
                      .arg(QLocale().toString(looked.toInteger())));
    for (const control::Problem &problem :
         control::problemsFromJson(status.value(QLatin1String("problems")).toArray())) {
        printLine(problem.text);
        if (!problem.verb.isEmpty())
            printLine(QStringLiteral("    ") + problem.verb);
    }
    printRefused(status.value(QLatin1String("refused_logins")).toArray());
    printRefused(status.value(QLatin1String("refused_uploads")).toArray());
    printLine(Verbs::tr("%1 of %2 connections, at most %3 open files")
                  .arg(QString::number(status.value(QLatin1String("sessions")).toInt()),
                       QString::number(status.value(QLatin1String("most_sessions")).toInt()),
                       QString::number(status.value(QLatin1String("open_files_limit")).toInt())));
    printLine(Verbs::tr("%1, %2, %3")
                  .arg(Verbs::counted(status.value(QLatin1String("cameras")).toInteger(),
                                      Verbs::tr("1 camera"), Verbs::tr("%1 cameras")),
                       Verbs::counted(status.value(QLatin1String("items")).toInteger(), Verbs::tr("1 file"),
                                      Verbs::tr("%1 files")),
                       QLocale().formattedDataSize(status.value(QLatin1String("bytes")).toInteger())));
}

} // namespace

int runStatusVerb(QCoreApplication &application, const Options &options)
{
    const auto arguments = VerbArguments::parse(options.arguments, {}, {QStringLiteral("--json")});
    if (!arguments)
        return printError(arguments.error());
    if (const auto understood = arguments->requireNoWords(); !understood)
        return printError(understood.error());
    const settings::Paths paths = settings::Paths::of(options.data);
    if (!EngineLock::isTaken(paths)) {
        if (arguments->json())
            printJson({{QStringLiteral("engine"), false}});
        else
            printLine(Verbs::tr("Gatehouse is not running"));
        return 4;
    }
    return runCommand(
        application, paths, QStringLiteral("status"), {},
        [json = arguments->json()](const QJsonObject &status) { json ? printJson(status) : print(status); });
}

} // namespace gatehouse::app
