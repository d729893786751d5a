// The table of settings: each one once, with its place in settings.json, its range and its words. Settings
// are parsed, checked, saved, shown and searched from it; docs/adding-a-setting.md says how to add one.
// Constant: any thread.
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
    Window
};

// What a field holds: which member of Settings, and what that may be.
struct Toggle {
    bool &(*in)(Settings &);
};

struct Number {
    int &(*in)(Settings &);
    int min;
    int max;
    const char *unit = nullptr; // written after the number
};

// In bytes; a person sees and types GB.
struct Size {
    qint64 &(*in)(Settings &);
    qint64 min;
    qint64 max;
};

struct Text {
    QString &(*in)(Settings &);
    bool (*accepts)(const QString &) = nullptr; // any text
    const char *request = nullptr;              // what to enter where it is refused
};

struct Option {
    const char *value;
    const char *label = nullptr; // where the field has an editor of its own: none
    const char *icon = nullptr;

    [[nodiscard]] QString text() const;
};

struct Choice {
    QString &(*in)(Settings &);
    std::span<const Option> options;
};

// An object with a member for each network or user.
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
    bool needsNewListener = false; // the receiver must listen again, which ends all sessions

    [[nodiscard]] QString id() const { return QString::fromLatin1(path); }
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString help() const; // empty: the label says it all
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QJsonValue value(Settings settings) const;
    // Invalid: says what to enter; Error::field is the path.
    [[nodiscard]] Result<void> set(Settings &settings, const QJsonValue &value) const;
};

[[nodiscard]] std::span<const Field> fields();
[[nodiscard]] QString titleOf(Section section);
// Every word of the search is part of the text, in any order and case.
[[nodiscard]] bool matches(const QString &text, const QString &search);

} // namespace gatehouse::settings
