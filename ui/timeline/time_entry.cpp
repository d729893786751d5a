#include "timeline/time_entry.h"

#include "base/iso_time.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStyle>

namespace gatehouse::timeline
{

namespace
{

constexpr int kEntryWidth = 200;
constexpr int kEntryMargin = 8;

} // namespace

std::optional<qint64> timeFromText(const QString &text, QDate day, const QTimeZone &zone)
{
    const QString typed = text.trimmed();
    for (const QString &format : {QStringLiteral("H:m:s"), QStringLiteral("H:m"), QStringLiteral("HHmmss"),
                                  QStringLiteral("HHmm"), QStringLiteral("H")}) {
        if (const QTime time = QTime::fromString(typed, format); time.isValid())
            return QDateTime(day, time, zone).toMSecsSinceEpoch();
    }
    QString iso = typed;
    return fromIso(iso.replace(QLatin1Char(' '), QLatin1Char('T')), zone);
}

TimeEntry::TimeEntry(QWidget *parent) : widgets::PopUp(parent), m_field(new QLineEdit(this))
{
    setFixedWidth(kEntryWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kEntryMargin, kEntryMargin, kEntryMargin, kEntryMargin);
    row->addWidget(m_field);
    m_field->setPlaceholderText(tr("Time, for example 13:52"));
    m_field->setAccessibleName(tr("Go to a time"));
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::returnPressed, this, &TimeEntry::take);
    connect(m_field, &QLineEdit::textEdited, this, [this] { mark(false); });
}

void TimeEntry::open(QDate day, const QTimeZone &zone, QPoint centre)
{
    m_day = day;
    m_zone = zone;
    m_field->clear();
    mark(false);
    adjustSize();
    move(centre - QPoint(width() / 2, height() / 2));
    show();
    m_field->setFocus();
}

void TimeEntry::take()
{
    const auto time = timeFromText(m_field->text(), m_day, m_zone);
    if (!time)
        return mark(true);
    hide();
    Q_EMIT entered(*time);
}

void TimeEntry::mark(bool wrong)
{
    m_field->setProperty("wrong", wrong);
    m_field->style()->unpolish(m_field);
    m_field->style()->polish(m_field);
}

} // namespace gatehouse::timeline
