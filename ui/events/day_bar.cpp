#include "events/day_bar.h"

#include "models/event_model.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace gatehouse::events
{

namespace
{

constexpr int kLinkInset = 4; // of a link's text: room for its focus ring

QPushButton *makeLink(QWidget *parent)
{
    auto *link = new QPushButton(parent);
    link->setProperty("role", QStringLiteral("link"));
    link->setFont(widgets::font(widgets::TextStyle::Label));
    link->setCursor(Qt::PointingHandCursor);
    link->setFocusPolicy(Qt::TabFocus);
    return link;
}

} // namespace

DayBar::DayBar(const models::EventModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_words(new QLabel(this)), m_earlier(makeLink(this)),
      m_later(makeLink(this)), m_newest(makeLink(this))
{
    m_words->setFont(widgets::font(widgets::TextStyle::Label));
    m_words->setProperty("ink", QStringLiteral("second"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_newest->setText(tr("Newest"));
    m_newest->setToolTip(tr("Show the newest events"));
    auto *days = new QHBoxLayout;
    days->setContentsMargins(-kLinkInset, 0, 0, 0); // in line with the sentence
    days->setSpacing(12);
    days->addWidget(m_earlier);
    days->addWidget(m_later);
    days->addStretch();
    auto *first = new QHBoxLayout;
    first->addWidget(m_words, 1);
    first->addWidget(m_newest);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 3, 12, 4);
    column->setSpacing(0);
    column->addLayout(first);
    column->addLayout(days);
    connect(m_earlier, &QPushButton::clicked, this,
            [this] { Q_EMIT timeRequested(m_model.day().earlier->range.start); });
    connect(m_later, &QPushButton::clicked, this,
            [this] { Q_EMIT timeRequested(m_model.day().later->range.start); });
    connect(m_newest, &QPushButton::clicked, this, &DayBar::newestRequested);
    connect(&model, &models::EventModel::dayRead, this, &DayBar::refresh);
    connect(&model, &models::EventModel::updated, this, &DayBar::refresh);
    hide();
}

QString DayBar::sentence() const
{
    return isHidden() ? QString() : m_words->text();
}

void DayBar::refresh()
{
    const models::DayOfEvents &day = m_model.day();
    const bool isEmpty = day.isKnown && day.isEmpty && (day.earlier || day.later);
    const bool isOlder = m_model.end().has_value();
    const bool isToday = !day.range.isEmpty() &&
                         QDateTime::fromMSecsSinceEpoch(day.range.start).date() == QDate::currentDate();
    const QString date = day.range.isEmpty() ? QString() : widgets::dayText(day.range.start);
    const QString none = isToday                         ? tr("No events today")
                         : m_model.choice().isNarrowed() ? tr("No such events on %1").arg(date)
                                                         : tr("No events on %1").arg(date);
    m_words->setText(isEmpty   ? none
                     : isOlder ? tr("Up to %1").arg(widgets::dayText(*m_model.end() - 1))
                               : QString());
    m_newest->setVisible(isOlder);
    const auto offer = [](QPushButton *link, const QString &text, bool on) {
        link->setText(text);
        link->setVisible(on);
    };
    offer(m_earlier,
          isEmpty && day.earlier ? tr("Before: %1").arg(widgets::dayText(day.earlier->range.start))
                                 : QString(),
          isEmpty && day.earlier.has_value());
    offer(m_later,
          isEmpty && day.later ? tr("After: %1").arg(widgets::dayText(day.later->range.start)) : QString(),
          isEmpty && day.later.has_value());
    setAccessibleName(m_words->text());
    setVisible(isEmpty || isOlder);
}

void DayBar::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

} // namespace gatehouse::events
