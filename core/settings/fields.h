// The table of settings: each one once, with its position in settings.json, its range and its texts. Settings
// are parsed, checked, saved, shown and searched through it; docs/recipes.md explains how to add
// one. Constant: any thread.
#pragma once

#include "settings/settings.h"

#include <QCoreApplication>
#include <QJsonValue>
#include <span>
#include <variant>

namespace gatehouse::settings
{

// The card of the settings page that shows a field, in this order.
enum class Section {
    None, // in settings.json only
    Receiving,
    Keeping,
    Offsite, // not on the page yet: see `gatehouse offsite`
    Window
};

// The type of a field: its member of Settings, and the allowed values.
struct Toggle {
    bool &(*in)(Settings &);
};

struct Number {
    int &(*in)(Settings &);
    int min;
    int max;
    const char *unit = nullptr; // written after the number
};

// In bytes; shown and entered in GB.
struct Size {
    qint64 &(*in)(Settings &);
    qint64 min;
    qint64 max;
};

struct Text {
    QString &(*in)(Settings &);
    bool (*accepts)(const QString &) = nullptr; // any text
    const char *request = nullptr;              // what to enter, if the value is refused
};

struct Option {
    const char *value;
    const char *label = nullptr; // null if the field has its own editor
    const char *icon = nullptr;

    [[nodiscard]] QString text() const;
};

struct Choice {
    QString &(*in)(Settings &);
    std::span<const Option> options;
};

// An object with one member per network or user.
struct Table {
    QJsonValue (*read)(const Settings &);
    bool (*write)(Settings &, const QJsonObject &); // false: refused
    const char *request;
};

struct Field {
    Q_DECLARE_TR_FUNCTIONS(Settings)

public:
    const char *path; // in settings.json: the member "port" of the object "receiver" is "receiver.port"
    Section section;
    std::variant<Toggle, Number, Size, Text, Choice, Table> kind;
    const char *labelText = nullptr; // untranslated; see label()
    const char *helpText = nullptr;
    bool needsNewListener = false; // the receiver must restart, which ends all sessions

    [[nodiscard]] QString id() const { return QString::fromLatin1(path); }
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString help() const; // empty: the label suffices
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QJsonValue value(Settings settings) const;
    // Invalid: says what to enter; Error::field is the path.
    [[nodiscard]] Result<void> set(Settings &settings, const QJsonValue &value) const;
};

[[nodiscard]] std::span<const Field> fields();
[[nodiscard]] QString titleOf(Section section);
// Every word of the search begins a word of the text, in any order and case.
[[nodiscard]] bool matches(const QString &text, const QString &search);

} // namespace gatehouse::settings
