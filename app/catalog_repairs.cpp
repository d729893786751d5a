#include "app/catalog_repairs.h"

namespace gatehouse::app
{

namespace
{

QString damageKey()
{
    return QStringLiteral("catalog");
}

QString repairKey()
{
    return QStringLiteral("repair");
}

QString stateKey()
{
    return QStringLiteral("state");
}

} // namespace

CatalogRepairs::CatalogRepairs(ingest::StateBackup &state, ingest::Mender &mender, ingest::Keeper &keeper,
                               Problems &problems)
    : m_state(state), m_mender(mender), m_keeper(keeper), m_problems(problems)
{
    connect(&m_state, &ingest::StateBackup::saved, this, &CatalogRepairs::tellSaved);
    connect(&m_state, &ingest::StateBackup::holdChanged, this, &CatalogRepairs::tellHold);
}

bool CatalogRepairs::run(const std::function<Result<ingest::Mended>()> &mend)
{
    if (const auto home = m_state.restoreHome(m_mender.newestAtStart() == 0); !home)
        m_problems.set(control::Problem{
            stateKey(),
            tr("Gatehouse can't read its backup of camera names, logins and protection: %1 Nothing is "
               "deleted "
               "until you confirm that what Gatehouse shows is right; it then makes a new backup.")
                .arg(home.error().text),
            0, tr("Make a new backup"), QStringLiteral("retention.confirm"),
            QStringLiteral("gatehouse retention confirm")});
    const auto marked = mend().and_then([&](const ingest::Mended &mended) {
        // A file that could not be added still exists, so this is not a first start.
        m_added += mended.added + mended.failed;
        return m_state.restoreMarks(m_added);
    });
    if (!marked)
        tellFailure(marked.error());
    else
        m_problems.clear(repairKey());
    return marked.has_value();
}

bool CatalogRepairs::look()
{
    const auto looked = m_mender.lookAtStart();
    if (!looked)
        tellFailure(looked.error());
    return looked.has_value();
}

void CatalogRepairs::tellDamage(const QString &text)
{
    m_problems.set(control::Problem{damageKey(), text, 0, tr("Repair"), QStringLiteral("catalog.repair"),
                                    QStringLiteral("gatehouse check --repair")});
    m_isDamaged = true;
    hold();
}

// For one reason or the other.
void CatalogRepairs::hold()
{
    m_keeper.setHeld(m_isDamaged || m_state.isHeld());
}

void CatalogRepairs::clearDamage()
{
    m_problems.clear(damageKey());
    m_isDamaged = false;
    hold();
}

void CatalogRepairs::tellFailure(const Error &error)
{
    m_problems.set(repairKey(),
                   tr("The archive could not be looked through, and nothing is deleted until it was: %1")
                       .arg(error.text));
}

void CatalogRepairs::tellSaved(const QString &trouble)
{
    m_problems.set(stateKey(),
                   trouble.isEmpty()
                       ? QString()
                       : tr("Gatehouse can't back up camera names, logins and protection: %1").arg(trouble));
}

void CatalogRepairs::tellHold(bool isHeld)
{
    hold();
    if (!isHeld) {
        m_problems.clear(QStringLiteral("hold"));
        return;
    }
    m_problems.set(control::Problem{
        QStringLiteral("hold"),
        tr("The catalog was rebuilt from the archive. Nothing is deleted for its age or for space until you "
           "confirm that cameras and protected recordings are as they should be."),
        0, tr("Resume deletion"), QStringLiteral("retention.confirm"),
        QStringLiteral("gatehouse retention confirm")});
}

} // namespace gatehouse::app
