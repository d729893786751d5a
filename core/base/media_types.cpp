#include "base/media_types.h"

#include <array>

namespace gatehouse
{

namespace
{
constexpr std::array kKinds = {"still", "clip", "sidecar", "other"};
constexpr std::array kTriggers = {"unknown", "motion", "sound", "schedule", "manual"};
constexpr std::array kSubjects = {"", "person", "vehicle", "face", "animal"};
constexpr std::array kTimeSources = {"name", "content", "arrival", "stuckClock"};
constexpr std::array kItemStates = {"unexamined", "ok", "incomplete", "damaged", "tooLong"};

template<typename Names, typename Enum>
QString nameIn(const Names &names, Enum value)
{
    return QString::fromLatin1(names.at(static_cast<std::size_t>(value)));
}

template<typename Enum, typename Names>
std::optional<Enum> valueIn(const Names &names, const QString &name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1String(names.at(i)))
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}
} // namespace

QString nameOf(Kind value)
{
    return nameIn(kKinds, value);
}

QString nameOf(Trigger value)
{
    return nameIn(kTriggers, value);
}

QString nameOf(Subject value)
{
    return nameIn(kSubjects, value);
}

QString nameOf(TimeSource value)
{
    return nameIn(kTimeSources, value);
}

QString nameOf(ItemState value)
{
    return nameIn(kItemStates, value);
}

std::optional<Kind> kindFromName(const QString &name)
{
    return valueIn<Kind>(kKinds, name);
}

std::optional<Trigger> triggerFromName(const QString &name)
{
    return valueIn<Trigger>(kTriggers, name);
}

std::optional<Subject> subjectFromName(const QString &name)
{
    return valueIn<Subject>(kSubjects, name);
}

std::optional<TimeSource> timeSourceFromName(const QString &name)
{
    return valueIn<TimeSource>(kTimeSources, name);
}

std::optional<ItemState> itemStateFromName(const QString &name)
{
    return valueIn<ItemState>(kItemStates, name);
}

} // namespace gatehouse
