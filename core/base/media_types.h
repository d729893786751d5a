// Shared enumerations for what a camera sends: kind, trigger, subject, source of its time, state. The catalog
// stores the numbers: never renumber.
#pragma once

#include <QMetaType>
#include <QString>
#include <optional>

namespace gatehouse
{

Q_NAMESPACE

enum class Kind { Still = 0, Clip = 1, Sidecar = 2, Other = 3 };
Q_ENUM_NS(Kind)
enum class Trigger { Unknown = 0, Motion = 1, Sound = 2, Schedule = 3, Manual = 4 };
Q_ENUM_NS(Trigger)
enum class Subject { None = 0, Person = 1, Vehicle = 2, Face = 3, Animal = 4 };
Q_ENUM_NS(Subject)
// StuckClock: the camera's clock was not set (1970, 2020, …), so the arrival time is used.
enum class TimeSource { Name = 0, Content = 1, Arrival = 2, StuckClock = 3 };
Q_ENUM_NS(TimeSource)
// TooLong: reading took too long and was stopped. The window opens such a file only on request.
enum class ItemState { Unexamined = 0, Ok = 1, Incomplete = 2, Damaged = 3, TooLong = 4 };
Q_ENUM_NS(ItemState)

// Kinds that are shown; the others are only stored and listed.
constexpr bool isPicture(Kind kind)
{
    return kind == Kind::Still || kind == Kind::Clip;
}

// May be incomplete, or not what the camera meant to send.
constexpr bool isUnsound(ItemState state)
{
    return state == ItemState::Incomplete || state == ItemState::Damaged || state == ItemState::TooLong;
}

// Lower-case names for files, scripts and the control socket: "still", "motion", "stuckClock", …
// Subject::None is "".
QString nameOf(Kind value);
QString nameOf(Trigger value);
QString nameOf(Subject value);
QString nameOf(TimeSource value);
QString nameOf(ItemState value);

std::optional<Kind> kindFromName(const QString &name);
std::optional<Trigger> triggerFromName(const QString &name);
std::optional<Subject> subjectFromName(const QString &name);
std::optional<TimeSource> timeSourceFromName(const QString &name);
std::optional<ItemState> itemStateFromName(const QString &name);

} // namespace gatehouse
