// The fields of the settings, from and to what the engine knows (settings::Settings). Says which field
// is wrong, in words beside it. GUI thread.
#pragma once

#include "settings/settings.h"

#include <QHash>
#include <QWidget>
#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace gatehouse::widgets
{
class SegmentedControl;
class TlsVersionBox;
} // namespace gatehouse::widgets

namespace gatehouse::preferences
{

class SettingsForm : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsForm(QWidget *parent = nullptr);

    void setSettings(const settings::Settings &settings);
    // The settings with what the fields say; an empty optional: a field is wrong and says so.
    [[nodiscard]] std::optional<settings::Settings> settings();
    [[nodiscard]] bool isChanged() const;
    // The engine's refusal, beside the field it names; false: it names none.
    bool showRefusal(const QString &text);

Q_SIGNALS:
    void edited();
    void deletionsRequested();
    void themeChosen(const QString &theme); // at once, before it is saved

private:
    enum Field { Port, Bind, PassiveFirst, PassiveLast, Days, Reserve, Gap };
    void addLeastTls(QFormLayout *form);
    static QLabel *newHint(const QString &text, QWidget *cell);
    static void addNamed(QFormLayout *form, const QString &name, QWidget *control, QWidget *cell);
    QLineEdit *addField(QFormLayout *form, Field field, const QString &name, const QString &after);
    QFormLayout *addSection(const QString &title);
    qint64 numberIn(Field field, qint64 low, qint64 high, bool *ok);
    void setWrong(Field field, const QString &sentence);
    void clearWrong();

    settings::Settings m_shown;
    QHash<int, QLineEdit *> m_fields;
    QHash<int, QLabel *> m_wrongs;
    widgets::TlsVersionBox *m_minTls;
    QCheckBox *m_anonymous;
    QCheckBox *m_logIn;
    widgets::SegmentedControl *m_theme;
};

} // namespace gatehouse::preferences
