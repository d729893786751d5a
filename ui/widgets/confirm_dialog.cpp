#include "widgets/confirm_dialog.h"

#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace gatehouse::widgets
{

namespace
{
constexpr int kConfirmDialogWidth = 480;
} // namespace

ConfirmDialog::ConfirmDialog(const QString &heading, const QString &sentence, QWidget *parent)
    : QDialog(parent), m_heading(new QLabel(heading, this)), m_sentence(new QLabel(sentence, this)),
      m_content(new QVBoxLayout), m_buttons(new QHBoxLayout), m_close(new QPushButton(tr("Cancel"), this))
{
    setWindowTitle(heading);
    setMinimumWidth(kConfirmDialogWidth);
    m_heading->setFont(widgets::font(widgets::TextStyle::H2));
    m_heading->setWordWrap(true);
    m_heading->setTextFormat(Qt::PlainText); // they contain names
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setVisible(!sentence.isEmpty());
    m_content->setSpacing(8);
    m_close->setAutoDefault(false);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(12);
    column->addWidget(m_heading);
    column->addWidget(m_sentence);
    column->addLayout(m_content, 1);
    column->addSpacing(4);
    column->addLayout(m_buttons);
}

void ConfirmDialog::setHeading(const QString &heading)
{
    m_heading->setText(heading);
    m_heading->setToolTip({});
    m_heading->setAccessibleName({});
}

void ConfirmDialog::setWholeHeading(const QString &heading)
{
    setWindowTitle(heading);
    m_heading->setToolTip(heading == m_heading->text() ? QString() : heading);
    m_heading->setAccessibleName(heading);
}

void ConfirmDialog::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void ConfirmDialog::addContent(QWidget *content)
{
    m_content->addWidget(content);
}

// Qt measures the wrapped texts at the width that the layout wants, which may be less than the dialog has:
// the rest would be spread between them.
void ConfirmDialog::fitHeight()
{
    if (isVisible()) // it has its width
        resize(width(), layout()->totalHeightForWidth(width()));
}

void ConfirmDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!testAttribute(Qt::WA_Resized)) // by a derived dialog
        fitHeight();
}

QPushButton *ConfirmDialog::addButton(const QString &text, const QString &role)
{
    auto *button = new QPushButton(text, this);
    if (!role.isEmpty())
        button->setProperty("role", role);
    m_buttons->addWidget(button);
    return button;
}

} // namespace gatehouse::widgets
