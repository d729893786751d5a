#include "app/engine/engine_commands.h"
#include "app/engine/offsite_feature.h"
#include "protocol/offsite.h"

#include <QSysInfo>

namespace gatehouse::app
{

namespace
{

using protocol::OffsiteConnection;
using protocol::OffsiteReport;

const QString kUnnamedHouse = QStringLiteral("home");

tl::unexpected<Error> offsiteNotSet()
{
    return fail(ErrorKind::Invalid,
                EngineCommands::tr("Off-site copies are not set up. See gatehouse offsite --help"));
}

// The settings as they are, with what the connection names.
settings::Offsite mergedConnection(settings::Offsite out, const OffsiteConnection &with)
{
    // Another provider's address says nothing about this one's.
    if (with.provider && *with.provider != out.provider)
        out.endpoint = out.region = out.account = QString();
    const auto take = [](QString &member, const std::optional<QString> &given) {
        if (given)
            member = given->trimmed();
    };
    take(out.provider, with.provider);
    take(out.endpoint, with.endpoint);
    take(out.region, with.region);
    take(out.account, with.account);
    take(out.bucket, with.bucket);
    take(out.prefix, with.prefix);
    take(out.site, with.site);
    take(out.accessKey, with.accessKey);
    take(out.caFile, with.caFile);
    // Its keys must stay the same, whatever this PC is called later.
    if (out.site.isEmpty())
        out.site = QSysInfo::machineHostName();
    if (out.site.isEmpty())
        out.site = kUnnamedHouse;
    return out;
}

// Every member is acceptable; see settings/fields.h.
Result<settings::Settings> checkedSettings(const settings::Settings &settings)
{
    return settings::Settings::fromJson(settings.toJson());
}

OffsiteReport offsiteReportOf(const s3::BucketReport &report)
{
    OffsiteReport out;
    out.isUsable = report.isUsable();
    for (const s3::BucketFinding &finding : report.findings) {
        const auto verdict = finding.verdict == s3::Verdict::Good      ? protocol::FindingVerdict::Good
                             : finding.verdict == s3::Verdict::Limited ? protocol::FindingVerdict::Limited
                                                                       : protocol::FindingVerdict::Bad;
        out.findings.append({verdict, finding.text});
    }
    return out;
}

// The one that is given, or the one that is kept for the same access key.
Replied<QByteArray> secretKeyFor(Engine &engine, const OffsiteConnection &connection)
{
    if (connection.secret)
        return answered<Result<QByteArray>>(connection.secret->trimmed().toUtf8());
    const QString &known = engine.context().settings.offsite.accessKey;
    if (!known.isEmpty() && connection.accessKey && connection.accessKey->trimmed() != known) {
        return answered<Result<QByteArray>>(tl::unexpected(
            Error{ErrorKind::Invalid, EngineCommands::tr("Enter the secret key of this access key, too"),
                  QStringLiteral("offsite"), QStringLiteral("offsite.secretKey")}));
    }
    return converted(engine.offsite().secretKey(), [](const Result<QByteArray> &kept) -> Result<QByteArray> {
        if (kept || kept.error().kind != ErrorKind::NotFound)
            return kept;
        return tl::unexpected(Error{ErrorKind::Invalid, EngineCommands::tr("Enter the secret key"),
                                    QStringLiteral("offsite"), QStringLiteral("offsite.secretKey")});
    });
}

Replied<OffsiteReport> testOffsite(Engine &engine, const OffsiteConnection &connection)
{
    settings::Settings wanted = engine.context().settings;
    wanted.offsite = mergedConnection(wanted.offsite, connection);
    if (!wanted.offsite.isSet())
        return answered<Result<OffsiteReport>>(offsiteNotSet());
    if (const auto checked = checkedSettings(wanted); !checked)
        return answered<Result<OffsiteReport>>(tl::unexpected(checked.error()));
    const auto tested = andThen(secretKeyFor(engine, connection), &engine,
                                [&engine, to = wanted.offsite](const QByteArray &secret) {
                                    return engine.offsite().test(to, secret);
                                });
    return andThen(tested, &engine, [](const s3::BucketReport &report) -> Result<OffsiteReport> {
        return offsiteReportOf(report);
    });
}

// Of the settings as they are now: the test took some seconds.
Result<void> applyOffsite(Engine &engine, const protocol::SetOffsite &command)
{
    settings::Settings wanted = engine.context().settings;
    if (!command.connection.isEmpty())
        wanted.offsite = mergedConnection(wanted.offsite, command.connection);
    if (command.choice)
        wanted.offsite.choice = nameOf(*command.choice);
    if (command.uploadLimit)
        wanted.offsite.uploadLimit = int(*command.uploadLimit);
    return checkedSettings(wanted).and_then(
        [&engine](const settings::Settings &checked) { return engine.apply(checked); });
}

Replied<OffsiteReport> saveOffsite(Engine &engine, const protocol::SetOffsite &command, OffsiteReport report)
{
    const auto kept = command.connection.secret
                          ? engine.offsite().keepSecretKey(command.connection.secret->trimmed().toUtf8())
                          : answered(Result<void>());
    return andThen(kept, &engine, [&engine, command, report]() -> Result<OffsiteReport> {
        return applyOffsite(engine, command).map([&] {
            OffsiteReport saved = report;
            saved.isSaved = true;
            saved.secretPlace = engine.offsite().secretPlace();
            return saved;
        });
    });
}

Replied<OffsiteReport> setOffsite(Engine &engine, const protocol::SetOffsite &command)
{
    if (engine.context().areSettingsLastGood)
        return answered<Result<OffsiteReport>>(tl::unexpected(settingsUnreadable()));
    // Nothing to test: the bucket stays, or there is none any more.
    const std::optional<QString> &bucket = command.connection.bucket;
    const bool ends = bucket && bucket->trimmed().isEmpty();
    if (command.connection.isEmpty() || ends) {
        OffsiteReport untested;
        untested.isUsable = true;
        return ends || engine.context().settings.offsite.isSet()
                   ? saveOffsite(engine, command, untested)
                   : answered<Result<OffsiteReport>>(offsiteNotSet());
    }
    return andThen(testOffsite(engine, command.connection), &engine,
                   [&engine, command](const OffsiteReport &report) {
                       return report.isUsable || command.isForced ? saveOffsite(engine, command, report)
                                                                  : answered<Result<OffsiteReport>>(report);
                   });
}

Result<protocol::Nothing> pauseOffsite(Engine &engine, bool isPaused)
{
    if (engine.context().areSettingsLastGood)
        return tl::unexpected(settingsUnreadable());
    settings::Settings wanted = engine.context().settings;
    if (!wanted.offsite.isSet())
        return offsiteNotSet();
    wanted.offsite.isPaused = isPaused;
    if (const auto applied = engine.apply(wanted); !applied)
        return tl::unexpected(applied.error());
    if (!isPaused)
        engine.offsite().tryNow();
    return protocol::Nothing();
}

} // namespace

void addOffsiteCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::SetOffsite>(
        [&engine](const protocol::SetOffsite &command) { return setOffsite(engine, command); });
    commands.on<protocol::TestOffsite>(
        [&engine](const protocol::TestOffsite &command) { return testOffsite(engine, command.connection); });
    commands.on<protocol::GetOffsiteStatus>(
        [&engine](const protocol::GetOffsiteStatus &) -> Result<protocol::OffsiteStatus> {
            return engine.offsite().status();
        });
    commands.on<protocol::PauseOffsite>(
        [&engine](const protocol::PauseOffsite &) { return pauseOffsite(engine, true); });
    commands.on<protocol::ResumeOffsite>(
        [&engine](const protocol::ResumeOffsite &) { return pauseOffsite(engine, false); });
}

} // namespace gatehouse::app
