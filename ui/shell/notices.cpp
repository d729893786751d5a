#include "shell/notices.h"

#include "models/engine_status_model.h"
#include "shell/banner.h"
#include "widgets/format.h"

#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace gatehouse::shell
{

namespace
{

bool isOfSettings(const protocol::Problem &problem)
{
    return problem.key == QLatin1String("settings");
}

} // namespace

Notices::Notices(models::EngineStatusModel &engine, QWidget *parent)
    : QWidget(parent), m_engine(engine), m_state(new Banner(this)), m_version(new Banner(this)),
      m_address(new Banner(this)), m_password(new Banner(this)), m_warning(new Banner(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state);
    column->addWidget(m_version);
    column->addWidget(m_address);
    column->addWidget(m_password);
    column->addWidget(m_warning);
    m_version->comeAfter(*m_state);
    m_address->comeAfter(*m_version);
    connect(m_version, &Banner::actionClicked, this, &Notices::engineRestartRequested);
    m_password->comeAfter(*m_address);
    connect(m_password, &Banner::actionClicked, this, &Notices::passwordRequested);
    connect(m_password, &Banner::closed, this, &Notices::passwordDismissed);
    m_warning->comeAfter(*m_password);
    connect(m_warning, &Banner::closed, this, &Notices::refresh);
    connect(m_state, &Banner::actionClicked, this, [this](int at) {
        if (m_engine.isKnown() && m_engine.status().pausedUntil > 0)
            m_engine.resume();
        else
            carryOut(actionsForState().value(at));
    });
    connect(&m_engine, &models::EngineStatusModel::changed, this, &Notices::refresh);
    refresh();
}

void Notices::refresh()
{
    const protocol::Status &status = m_engine.status();
    const bool isKnown = m_engine.isKnown();
    if (isKnown)
        m_warning->say({}, {});
    showProblems(isKnown ? status.problems : QVector<protocol::Problem>());
    if (m_engine.isMissed() && !(m_warning->sentence().isEmpty() && m_version->sentence().isEmpty())) {
        m_state->say({}, {}); // another banner gives the reason
    } else if (m_engine.isMissed()) {
        m_state->say(
            QStringLiteral("unplug"),
            tr("The receiver stopped. Gatehouse is restarting it; cameras can't send anything until then."));
    } else if (!isKnown) {
        m_state->say({}, {});
    } else if (status.pausedUntil > 0) {
        m_state->say(QStringLiteral("circle-pause"),
                     tr("Receiving is paused until %1. Uploads are refused in the meantime.")
                         .arg(widgets::minuteText(status.pausedUntil)),
                     {tr("Resume")});
    } else if (!status.archive.isReady) {
        m_state->say(QStringLiteral("triangle-alert"), m_engine.sentence(), labelsOf(actionsForState()));
    } else if (status.rebuilding) {
        m_state->say(
            QStringLiteral("refresh-cw"),
            tr("Rebuilding the catalog: %1 files checked").arg(QLocale().toString(*status.rebuilding)));
    } else {
        m_state->say({}, {});
    }
}

void Notices::showProblems(const QVector<protocol::Problem> &problems)
{
    if (problems == m_problems)
        return;
    const QVector<protocol::Problem> before = std::exchange(m_problems, problems);
    while (m_problemBanners.size() < problems.size()) {
        auto *banner = new Banner(this);
        layout()->addWidget(banner);
        banner->comeAfter(m_problemBanners.isEmpty() ? *m_warning : *m_problemBanners.last());
        connect(banner, &Banner::actionClicked, this, [this, at = m_problemBanners.size()](int action) {
            carryOut(actionsFor(m_problems.value(at)).value(action));
        });
        m_problemBanners.append(banner);
    }
    for (qsizetype i = 0; i < m_problemBanners.size(); ++i) {
        const protocol::Problem problem = problems.value(i);
        if (problem.key != before.value(i).key)
            m_problemBanners[i]->leaveFocus();
        m_problemBanners[i]->say(QStringLiteral("triangle-alert"), problem.text,
                                 labelsOf(actionsFor(problem)));
    }
    Q_EMIT settingsDoubted(std::any_of(problems.begin(), problems.end(), isOfSettings));
}

Notices::Action Notices::changing(const QString &setting)
{
    if (setting == QLatin1String("retention.days"))
        return {tr("Keep less…"), {}, setting};
    if (setting == QLatin1String("retention.reserveBytes"))
        return {tr("Leave less free…"), {}, setting};
    if (setting == QLatin1String("archive.folder"))
        return {tr("Choose another folder…"), {}, setting};
    return {tr("Show settings"), {}, setting};
}

Notices::Actions Notices::actionsFor(const protocol::Problem &problem)
{
    if (isOfSettings(problem)) // shown before they are applied again
        return {changing({})};
    Actions out;
    if (!problem.action.isEmpty())
        out.append({problem.action, problem.command, {}});
    for (const QString &setting : problem.settings)
        out.append(changing(setting));
    return out;
}

// Nothing can be stored.
Notices::Actions Notices::actionsForState() const
{
    const Action otherFolder = changing(QStringLiteral("archive.folder"));
    if (m_engine.status().archive.isFull)
        return {changing(QStringLiteral("retention.days")), otherFolder};
    return {otherFolder};
}

QStringList Notices::labelsOf(const Actions &actions)
{
    QStringList out;
    for (const Action &action : actions)
        out.append(action.label);
    return out;
}

void Notices::carryOut(const Action &action)
{
    if (!action.command.isEmpty())
        m_engine.runAction(action.command);
    else if (!action.label.isEmpty())
        Q_EMIT settingRequested(action.setting);
}

void Notices::showVersion(const control::VersionAdvice &advice)
{
    m_version->say(QStringLiteral("refresh-cw"), advice.text,
                   advice.restartHelps ? QStringList{tr("Restart the engine")} : QStringList());
    refresh();
}

void Notices::showNewAddress(const protocol::AddressesChanged &change)
{
    const QString now = change.addresses.join(QStringLiteral(", "));
    const QString before = change.previous.join(QStringLiteral(", "));
    if (now.isEmpty() || before.isEmpty() || now == before)
        return;
    m_address->say(QStringLiteral("network"),
                   tr("This PC's address has changed from %1 to %2. Enter the new address as the FTP server "
                      "in each camera that stops sending.")
                       .arg(before, now),
                   {}, true);
}

void Notices::offerPassword(const QString &camera)
{
    m_password->say(QStringLiteral("key-round"),
                    camera.isEmpty()
                        ? QString()
                        : tr("%1 has sent its first picture. Its password can be shown until you close this.")
                              .arg(camera),
                    {tr("Show the password")}, true);
}

void Notices::warn(const QString &sentence)
{
    m_warning->say(QStringLiteral("triangle-alert"), sentence, {}, true);
    refresh();
}

QString Notices::text() const
{
    QStringList out;
    for (const Banner *banner :
         QVector<Banner *>{m_state, m_version, m_address, m_password, m_warning} + m_problemBanners) {
        if (!banner->sentence().isEmpty())
            out.append(banner->sentence());
    }
    return out.join(QLatin1Char('\n'));
}

} // namespace gatehouse::shell
