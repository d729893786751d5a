// The settings: read from the engine when the page is shown, searchable, applied by the engine. This window
// writes the autostart file, because it is what starts. GUI thread.
#pragma once

#include "control/commands.h"
#include "preferences/autostart.h"
#include "settings/settings.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace gatehouse::widgets
{
class SearchField;
}

namespace gatehouse::preferences
{

class SettingsForm;

class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(control::Commands &commands, Autostart autostart, QWidget *parent = nullptr);

    [[nodiscard]] SettingsForm *form() const { return m_form; }
    [[nodiscard]] QPushButton *applyButton() const { return m_apply; }
    void read();
    // Scrolls to a field and puts the focus there, once it has its value. field: of settings/fields.h
    void reveal(const QString &field);
    // Allows applying unchanged settings: the file contains something else.
    void setDoubted(bool on);

Q_SIGNALS:
    void themeChanged(const QString &theme);
    void settingsRead(const gatehouse::settings::Settings
                          &settings); // also after each change // "dark", "light", empty: follow the system
    void applied();
    void deletionsRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *newHeader();
    QWidget *newFooter();
    void filter(const QString &search);
    void apply();
    void take(const settings::Settings &settings);
    void applyTheme(const QString &theme);
    void writeAutostart(bool on);
    void refresh();
    void revealNow();

    control::Commands &m_commands;
    Autostart m_autostart;
    settings::Settings m_known;
    bool m_read = false;
    bool m_isDoubted = false;
    QString m_toReveal; // field
    SettingsForm *m_form;
    widgets::SearchField *m_search;
    QScrollArea *m_scroll;
    QLabel *m_notFound;
    QLabel *m_wrong;
    QPushButton *m_revert;
    QPushButton *m_apply;
};

} // namespace gatehouse::preferences
