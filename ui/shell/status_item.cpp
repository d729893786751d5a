#include "shell/status_item.h"

#include "widgets/elided_label.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace gatehouse::shell
{

StatusItem::StatusItem(QWidget *parent)
    : QWidget(parent), m_words(new widgets::ElidedLabel({}, Qt::ElideRight, this)),
      m_link(new QPushButton(this))
{
    m_words->setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    m_link->setProperty("role", QStringLiteral("link"));
    m_link->setFont(widgets::font(widgets::TextStyle::Label));
    m_link->setCursor(Qt::PointingHandCursor);
    connect(m_link, &QPushButton::clicked, this, &StatusItem::linkClicked);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::metrics::kIconText + 6, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_words);
    row->addWidget(m_link);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void StatusItem::show(const QString &iconName, Tone tone, const QString &sentence, const QString &link)
{
    m_iconName = iconName;
    m_tone = tone;
    m_words->setText(sentence);
    m_words->setInk(tone == Tone::Warn ? &widgets::Theme::ink : &widgets::Theme::ink2);
    m_link->setText(link);
    m_link->setVisible(!link.isEmpty());
    setVisible(!sentence.isEmpty());
    update();
}

QString StatusItem::sentence() const
{
    return m_words->text();
}

void StatusItem::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const QColor colour = m_tone == Tone::Ok ? theme.ok : m_tone == Tone::Warn ? theme.warn : theme.ink2;
    const int side = widgets::metrics::kIconText;
    QPainter painter(this);
    widgets::drawIcon(painter, QRect(0, (height() - side) / 2, side, side), m_iconName, colour);
}

} // namespace gatehouse::shell
