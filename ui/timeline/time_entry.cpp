#include "timeline/time_entry.h"

#include "base/iso_time.h"
#include "base/regional_time.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStyle>
#include <algorithm>

namespace gatehouse::timeline
{

namespace
{

constexpr int kEntryWidth = 200;
constexpr int kEntryMargin = 8;
constexpr int kFieldPadding = 16; // of the style sheet and the field itself, on each side

// "13:52", "1:52 pm", "1.52p.m.", "1352", "135218", "1 pm"; invalid: none of these.
QTime timeOfDayFrom(const QString &typed)
{
    static const QRegularExpression separated(
        QStringLiteral(R"(^(\d{1,2})(?:[:.](\d{1,2})(?:[:.](\d{1,2}))?)?\s*(?:([ap])\.?\s*(?:m\.?)?)?$)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression joined(
        QStringLiteral(R"(^(\d{1,2})(\d{2})(\d{2})?\s*(?:([ap])\.?\s*(?:m\.?)?)?$)"),
        QRegularExpression::CaseInsensitiveOption);
    constexpr int half = 12;
    QRegularExpressionMatch match = separated.match(typed);
    if (!match.hasMatch())
        match = joined.match(typed);
    if (!match.hasMatch())
        return {};
    int hour = match.captured(1).toInt();
    if (const QString letter = match.captured(4).toLower(); !letter.isEmpty()) {
        if (hour < 1 || hour > half)
            return {};
        hour = hour % half + (letter == QLatin1String("p") ? half : 0);
    }
    return {hour, match.captured(2).toInt(), match.captured(3).toInt()};
}

} // namespace

std::optional<qint64> timeFromText(const QString &text, QDate day, const QTimeZone &zone)
{
    const QString typed = text.simplified();
    if (const QTime time = timeOfDayFrom(typed); time.isValid())
        return QDateTime(day, time, zone).toMSecsSinceEpoch();
    constexpr int isoDate = 10; // characters of "2026-06-12"
    const QDate date = QDate::fromString(typed.left(isoDate), Qt::ISODate);
    const QTime time = timeOfDayFrom(typed.mid(isoDate + 1));
    if (date.isValid() && time.isValid())
        return QDateTime(date, time, zone).toMSecsSinceEpoch();
    QString iso = typed;
    return fromIso(iso.replace(QLatin1Char(' '), QLatin1Char('T')), zone);
}

TimeEntry::TimeEntry(QWidget *parent) : widgets::PopUp(parent), m_field(new QLineEdit(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kEntryMargin, kEntryMargin, kEntryMargin, kEntryMargin);
    row->addWidget(m_field);
    m_field->setPlaceholderText(tr("Time, for example %1").arg(timeText(QTime(13, 52), TimeStyle::Minute)));
    m_field->setAccessibleName(tr("Go to a time"));
    const int words = m_field->fontMetrics().horizontalAdvance(m_field->placeholderText());
    setFixedWidth(std::max(kEntryWidth, words + 2 * (kEntryMargin + kFieldPadding)));
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
