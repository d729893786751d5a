#include "app/engine/problems.h"

#include <QLoggingCategory>
#include <algorithm>

namespace gatehouse::app
{

namespace
{
Q_LOGGING_CATEGORY(lcProblems, "gatehouse.problems")
} // namespace

Problems::Problems(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) {}

void Problems::set(const QString &key, const QString &text)
{
    set(protocol::Problem{key, text});
}

void Problems::set(protocol::Problem problem)
{
    if (problem.text.isEmpty()) {
        clear(problem.key);
        return;
    }
    const auto known = std::find_if(m_problems.begin(), m_problems.end(),
                                    [&](const protocol::Problem &one) { return one.key == problem.key; });
    problem.since = known == m_problems.end() ? m_clock.now() : known->since;
    if (known == m_problems.end())
        m_problems.append(problem);
    else if (*known == problem)
        return;
    else
        *known = problem;
    qCWarning(lcProblems).noquote() << problem.text;
    Q_EMIT changed();
}

void Problems::clear(const QString &key)
{
    const auto gone = m_problems.removeIf([&](const protocol::Problem &one) { return one.key == key; });
    if (gone == 0)
        return;
    qCInfo(lcProblems).noquote() << "over:" << key;
    Q_EMIT changed();
}

} // namespace gatehouse::app
