// The settings' fields, one row for each that has a section in settings/fields.h, with values from and to the
// engine. An invalid field shows an error below itself. GUI thread.
#pragma once

#include "settings/settings.h"

#include <QVector>
#include <QWidget>
#include <optional>

class QFormLayout;
class QLabel;

namespace gatehouse::settings
{
struct Field;
}

namespace gatehouse::preferences
{

class FieldEditor;

class SettingsForm : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsForm(QWidget *parent = nullptr);

    void setSettings(const settings::Settings &settings);
    // The theme was saved by itself; other edits stay as they are.
    void acceptTheme(const QString &theme) { m_shown.theme = theme; }
    // The settings with the fields' values; nothing: a field is invalid and says so.
    [[nodiscard]] std::optional<settings::Settings> settings();
    [[nodiscard]] bool isChanged() const;
    // Shows the engine's refusal at the field that it names; false: it names none of these.
    bool showRefusal(const Error &error);
    // Puts the focus into a field. Its row; null: it has none.
    QWidget *reveal(const QString &field);
    // Shows only rows with these words in what the page shows of them; empty: all. False: no match.
    bool setFilter(const QString &search);

Q_SIGNALS:
    void edited();
    void deletionsRequested();
    void themeChosen(const QString &theme); // at once, before it is saved
    void refused();                         // a field is invalid, perhaps one hidden by the filter

private:
    struct Card {
        QWidget *card;
        QFormLayout *form;
    };
    struct Row {
        const settings::Field *field;
        FieldEditor *editor;
        QLabel *wrong;
        QWidget *cell;
        QFormLayout *form;
        QString words; // text that a search matches
    };

    Card addCard(const QString &title);
    void addRow(const Card &card, const settings::Field &field);
    void addDeletions(const Card &card);
    void setWrong(const Row &row, const QString &sentence);

    settings::Settings m_shown;
    QVector<Row> m_rows;
    QVector<Card> m_cards;
    QWidget *m_deletions = nullptr;
};

} // namespace gatehouse::preferences
