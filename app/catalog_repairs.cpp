#include "app/catalog_repairs.h"

namespace gatehouse::app
{

namespace
{

QString damageKey()
{
    return QStringLiteral("catalog");
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

void CatalogRepairs::run(const std::function<Result<ingest::Mended>()> &mend)
{
    if (const auto home = m_state.restoreHome(m_mender.newestAtStart() == 0); !home)
        m_problems.set(control::Problem{
            stateKey(),
            tr("The copy of names, logins and protection beside the recordings can't be read: %1 Nothing is "
               "deleted until you confirm that what Gatehouse shows is right; the copy is then made anew.")
                .arg(home.error().text),
            0, tr("Make a new copy"), QStringLiteral("retention.confirm"),
            QStringLiteral("gatehouse retention confirm")});
    const auto marked =
        mend().and_then([&](const ingest::Mended &mended) { return m_state.restoreMarks(mended.added); });
    if (!marked)
        tellFailure(marked.error());
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
    m_keeper.setHeld(true);
}

void CatalogRepairs::clearDamage()
{
    m_problems.clear(damageKey());
    m_keeper.setHeld(m_state.isHeld());
}

void CatalogRepairs::tellFailure(const Error &error)
{
    m_problems.set(
        QStringLiteral("repair"),
        tr("The archive could not be looked through at the start, and nothing is deleted until the "
           "next start: %1")
            .arg(error.text));
}

void CatalogRepairs::tellSaved(const QString &trouble)
{
    m_problems.set(
        stateKey(),
        trouble.isEmpty()
            ? QString()
            : tr("Names, logins and protection can't be copied beside the recordings: %1").arg(trouble));
}

void CatalogRepairs::tellHold(bool isHeld)
{
    m_keeper.setHeld(isHeld);
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
