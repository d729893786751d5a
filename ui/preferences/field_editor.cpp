#include "preferences/field_editor.h"

#include "base/size_text.h"
#include "widgets/segmented_control.h"
#include "widgets/tls_version_box.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace gatehouse::preferences
{

namespace
{

constexpr int kTextWidth = 200;
constexpr int kPathWidth = 320;
constexpr int kNumberWidth = 96;
constexpr int kMaxTextLength = 64;

class ToggleEditor final : public FieldEditor
{
public:
    ToggleEditor(const settings::Field &field, QWidget *parent)
        : FieldEditor(parent), m_box(new QCheckBox(field.label(), parent))
    {
        connect(m_box, &QCheckBox::toggled, this, &FieldEditor::edited);
    }

    QWidget *widget() const override { return m_box; }
    void setValue(const QJsonValue &value) override { m_box->setChecked(value.toBool()); }
    QJsonValue value() const override { return m_box->isChecked(); }
    bool hasLabel() const override { return true; }

private:
    QCheckBox *m_box;
};

class TextEditor : public FieldEditor
{
public:
    TextEditor(const settings::Field &field, int width, QWidget *parent)
        : FieldEditor(parent), m_edit(new QLineEdit(parent))
    {
        m_edit->setFixedWidth(width);
        m_edit->setAccessibleName(field.label());
        m_edit->setAccessibleDescription(field.help());
        m_edit->setMaxLength(kMaxTextLength);
        connect(m_edit, &QLineEdit::textEdited, this, &FieldEditor::edited);
    }

    QWidget *widget() const override { return m_edit; }
    void setValue(const QJsonValue &value) override { setText(value.toString()); }
    QJsonValue value() const override { return text(); }
    bool isShort() const override { return true; }

protected:
    [[nodiscard]] QString text() const { return m_edit->text().trimmed(); }
    void setText(const QString &text) { m_edit->setText(text); }

private:
    QLineEdit *m_edit;
};

// A path, with a button to choose it.
class FolderEditor final : public FieldEditor
{
public:
    FolderEditor(const settings::Field &field, QWidget *parent)
        : FieldEditor(parent), m_cell(new QWidget(parent)), m_edit(new QLineEdit(m_cell))
    {
        m_edit->setMinimumWidth(kPathWidth);
        m_edit->setAccessibleName(field.label());
        m_edit->setAccessibleDescription(field.help());
        m_edit->setPlaceholderText(FieldEditor::tr("With the catalog"));
        auto *button = new QPushButton(FieldEditor::tr("Choose…"), m_cell);
        button->setAccessibleDescription(field.label());
        auto *row = new QHBoxLayout(m_cell);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        row->addWidget(m_edit, 1);
        row->addWidget(button);
        m_cell->setFocusProxy(m_edit);
        connect(m_edit, &QLineEdit::textEdited, this, &FieldEditor::edited);
        connect(button, &QPushButton::clicked, this, &FolderEditor::choose);
    }

    QWidget *widget() const override { return m_cell; }
    void setValue(const QJsonValue &value) override { m_edit->setText(value.toString()); }
    QJsonValue value() const override
    {
        const QString text = m_edit->text().trimmed();
        return text.isEmpty() ? text : QDir::cleanPath(text);
    }

private:
    void choose()
    {
        auto *dialog = new QFileDialog(m_cell, FieldEditor::tr("Folder for recordings"), m_edit->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
            m_edit->setText(folder);
            Q_EMIT edited();
        });
        dialog->open();
    }

    QWidget *m_cell;
    QLineEdit *m_edit;
};

class NumberEditor final : public TextEditor
{
public:
    NumberEditor(const settings::Field &field, const settings::Number &number, QWidget *parent)
        : TextEditor(field, kNumberWidth, parent), m_number(number)
    {
    }

    void setValue(const QJsonValue &value) override { setText(QString::number(value.toInteger())); }
    QJsonValue value() const override
    {
        bool isNumber = false;
        const qint64 number = text().toLongLong(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text());
    }
    QString toolTip() const override
    {
        return FieldEditor::tr("%1 to %2").arg(QString::number(m_number.min), QString::number(m_number.max));
    }

private:
    const settings::Number &m_number;
};

// Shows GB but holds bytes: an untouched value is unchanged to the byte.
class SizeEditor final : public TextEditor
{
public:
    SizeEditor(const settings::Field &field, QWidget *parent) : TextEditor(field, kNumberWidth, parent) {}

    void setValue(const QJsonValue &value) override
    {
        m_bytes = value.toInteger();
        m_shown = gbText(m_bytes);
        setText(m_shown);
    }
    QJsonValue value() const override
    {
        if (text() == m_shown)
            return m_bytes;
        const auto bytes = gbFrom(text());
        return bytes ? QJsonValue(*bytes) : QJsonValue(text());
    }

private:
    qint64 m_bytes = 0;
    QString m_shown;
};

class ChoiceEditor final : public FieldEditor
{
public:
    ChoiceEditor(const settings::Field &field, const settings::Choice &choice, QWidget *parent)
        : FieldEditor(parent), m_control(new widgets::SegmentedControl(parent)), m_options(choice.options)
    {
        for (const settings::Option &option : m_options)
            m_control->addSegment(option.text(), QLatin1String(option.icon));
        m_control->setAccessibleName(field.label());
        connect(m_control, &widgets::SegmentedControl::currentChanged, this, &FieldEditor::edited);
    }

    QWidget *widget() const override { return m_control; }
    void setValue(const QJsonValue &value) override
    {
        for (size_t i = 0; i < m_options.size(); ++i) {
            if (value == QLatin1String(m_options[i].value))
                m_control->setCurrent(int(i));
        }
    }
    QJsonValue value() const override
    {
        return QString::fromLatin1(m_options[size_t(m_control->current())].value);
    }

private:
    widgets::SegmentedControl *m_control;
    std::span<const settings::Option> m_options;
};

// Explains what each version means for old cameras.
class TlsVersionEditor final : public FieldEditor
{
public:
    explicit TlsVersionEditor(QWidget *parent)
        : FieldEditor(parent), m_box(new widgets::TlsVersionBox(parent))
    {
        connect(m_box, &QComboBox::currentIndexChanged, this, &FieldEditor::edited);
    }

    QWidget *widget() const override { return m_box; }
    void setValue(const QJsonValue &value) override { m_box->setVersion(value.toString()); }
    QJsonValue value() const override { return m_box->version(); }
    QString help() const override { return widgets::tlsVersionHint(); }

private:
    widgets::TlsVersionBox *m_box;
};

} // namespace

FieldEditor *FieldEditor::make(const settings::Field &field, QWidget *parent)
{
    if (field.id() == QLatin1String("receiver.leastTls"))
        return new TlsVersionEditor(parent);
    if (field.id() == QLatin1String("archive.folder"))
        return new FolderEditor(field, parent);
    if (std::holds_alternative<settings::Toggle>(field.kind))
        return new ToggleEditor(field, parent);
    if (const auto *number = std::get_if<settings::Number>(&field.kind))
        return new NumberEditor(field, *number, parent);
    if (std::holds_alternative<settings::Size>(field.kind))
        return new SizeEditor(field, parent);
    if (const auto *choice = std::get_if<settings::Choice>(&field.kind))
        return new ChoiceEditor(field, *choice, parent);
    return new TextEditor(field, kTextWidth, parent);
}

} // namespace gatehouse::preferences
