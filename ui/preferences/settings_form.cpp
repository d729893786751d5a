#include "preferences/settings_form.h"

#include "preferences/field_editor.h"
#include "settings/fields.h"
#include "widgets/card.h"
#include "widgets/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

namespace gatehouse::preferences
{

namespace
{

constexpr int kLabelWidth = 152; // the cards' fields stand in one line
const char *const kThemePath = "theme";

void polish(QWidget *field)
{
    field->style()->unpolish(field);
    field->style()->polish(field);
}

QLabel *newHint(const QString &text, QWidget *cell)
{
    auto *hint = new QLabel(text, cell);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    return hint;
}

// What the page shows of a field, without its help.
QString wordsOf(const settings::Field &field)
{
    QStringList out{settings::titleOf(field.section), field.label(), field.unit()};
    if (const auto *choice = std::get_if<settings::Choice>(&field.kind)) {
        for (const settings::Option &option : choice->options)
            out.append(option.text());
    }
    return out.join(QLatin1Char(' '));
}

QString deletionsText()
{
    return SettingsForm::tr("Show deleted recordings");
}

QVBoxLayout *newColumn(QWidget *cell)
{
    auto *column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

} // namespace

SettingsForm::SettingsForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    using settings::Section;
    for (const Section section : {Section::Receiving, Section::Keeping, Section::Window}) {
        const Card card = addCard(settings::titleOf(section));
        for (const settings::Field &field : settings::fields()) {
            if (field.section == section)
                addRow(card, field);
        }
        if (section == Section::Keeping)
            addDeletions(card);
    }
}

SettingsForm::Card SettingsForm::addCard(const QString &title)
{
    auto *card = new widgets::Card(this);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(12);
    auto *heading = new QLabel(title, card);
    heading->setFont(widgets::font(widgets::TextStyle::H2));
    column->addWidget(heading);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    column->addLayout(form);
    layout()->addWidget(card);
    m_cards.append({card, form});
    return m_cards.last();
}

void SettingsForm::addRow(const Card &card, const settings::Field &field)
{
    auto *cell = new QWidget(this);
    auto *editor = FieldEditor::make(field, cell);
    auto *wrong = new QLabel(cell);
    wrong->setWordWrap(true);
    wrong->setProperty("ink", QStringLiteral("warn"));
    wrong->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(editor->widget());
    if (const QString unit = field.unit(); !unit.isEmpty())
        row->addWidget(new QLabel(unit, cell));
    QString help = editor->help();
    if (!help.isEmpty())
        help += QLatin1Char(' ');
    help += field.help();
    if (editor->isShort())
        row->addWidget(newHint(help, cell), 1);
    else
        row->addStretch();

    QVBoxLayout *column = newColumn(cell);
    column->addLayout(row);
    if (!editor->isShort() && !help.isEmpty())
        column->addWidget(newHint(help, cell));
    column->addWidget(wrong);

    if (editor->hasLabel()) {
        card.form->addRow(QString(), cell);
    } else {
        auto *label = new QLabel(field.label(), this);
        label->setBuddy(editor->widget());
        label->setMinimumSize(kLabelWidth, editor->widget()->sizeHint().height());
        card.form->addRow(label, cell);
        card.form->setAlignment(label, Qt::AlignTop); // next to the control, not what is below it
    }

    const Row added{&field, editor, wrong, cell, card.form, wordsOf(field) + QLatin1Char(' ') + help};
    m_rows.append(added);
    connect(editor, &FieldEditor::edited, this, [this, added] {
        setWrong(added, {});
        if (added.field->id() == QLatin1String(kThemePath))
            Q_EMIT themeChosen(added.editor->value().toString());
        Q_EMIT edited();
    });
}

void SettingsForm::addDeletions(const Card &card)
{
    m_deletions = new QWidget(this);
    auto *button = new QPushButton(deletionsText(), m_deletions);
    connect(button, &QPushButton::clicked, this, &SettingsForm::deletionsRequested);
    newColumn(m_deletions)->addWidget(button, 0, Qt::AlignLeft);
    card.form->addRow(QString(), m_deletions);
}

void SettingsForm::setSettings(const settings::Settings &settings)
{
    m_shown = settings;
    const QSignalBlocker quiet(this);
    for (const Row &row : std::as_const(m_rows)) {
        row.editor->setValue(row.field->value(settings));
        setWrong(row, {});
    }
}

std::optional<settings::Settings> SettingsForm::settings()
{
    QJsonObject all;
    settings::Settings out = m_shown;
    QVector<Error> errors;
    for (const Row &row : std::as_const(m_rows)) {
        setWrong(row, {});
        if (const auto taken = row.field->set(out, row.editor->value()); !taken)
            errors.append(taken.error());
    }
    // Valid fields may still conflict; a field's own error replaces that sentence.
    if (const auto checked = settings::Settings::fromJson(out.toJson()); !checked)
        errors.prepend(checked.error());
    bool isRefused = false;
    for (const Error &error : std::as_const(errors))
        isRefused |= showRefusal(error);
    return isRefused ? std::nullopt : std::optional(out);
}

bool SettingsForm::isChanged() const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [this](const Row &row) { return row.editor->value() != row.field->value(m_shown); });
}

bool SettingsForm::showRefusal(const Error &error)
{
    for (const Row &row : std::as_const(m_rows)) {
        if (row.field->id() == error.field) {
            setWrong(row, error.text);
            Q_EMIT refused();
            return true;
        }
    }
    return false;
}

QWidget *SettingsForm::reveal(const QString &field)
{
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &one) { return one.field->id() == field; });
    if (row == m_rows.end())
        return nullptr;
    row->editor->widget()->setFocus(Qt::OtherFocusReason);
    return row->cell;
}

bool SettingsForm::setFilter(const QString &search)
{
    QSet<const QFormLayout *> found;
    const auto show = [&found](QFormLayout *form, QWidget *cell, bool on) {
        form->setRowVisible(cell, on);
        if (on)
            found.insert(form);
    };
    const QString deletionsWords =
        settings::titleOf(settings::Section::Keeping) + QLatin1Char(' ') + deletionsText();
    for (const Row &row : std::as_const(m_rows))
        show(row.form, row.cell, settings::matches(row.words, search));
    for (const Card &card : std::as_const(m_cards)) {
        if (card.form->indexOf(m_deletions) >= 0)
            show(card.form, m_deletions, settings::matches(deletionsWords, search));
        card.card->setVisible(found.contains(card.form));
    }
    return !found.isEmpty();
}

void SettingsForm::setWrong(const Row &row, const QString &sentence)
{
    row.wrong->setText(sentence);
    row.wrong->setVisible(!sentence.isEmpty());
    QWidget *widget = row.editor->widget();
    widget->setToolTip(sentence.isEmpty() ? row.editor->toolTip() : QString()); // would cover the sentence
    if (widget->property("wrong").toBool() == sentence.isEmpty()) {
        widget->setProperty("wrong", !sentence.isEmpty());
        polish(widget);
    }
}

} // namespace gatehouse::preferences
