// The fields of the settings, a row for each that has a section in settings/fields.h: from and to what the
// engine knows. A wrong field says so below itself. GUI thread.
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
    // The settings with what the fields say; an empty optional: a field is wrong and says so.
    [[nodiscard]] std::optional<settings::Settings> settings();
    [[nodiscard]] bool isChanged() const;
    // The engine's refusal, at the field that it names; false: it names none of these.
    bool showRefusal(const Error &error);
    // Leaves the rows with these words in their label or help; empty: all. False: there is none.
    bool setFilter(const QString &search);

Q_SIGNALS:
    void edited();
    void deletionsRequested();
    void themeChosen(const QString &theme); // at once, before it is saved
    void refused();                         // a field is wrong, perhaps one that the filter hides

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
        QString words; // that a search looks through
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
