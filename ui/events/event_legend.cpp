#include "events/event_legend.h"

#include "widgets/theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace gatehouse::events
{

namespace
{

constexpr int kLegendHeight = 32;
constexpr int kEntryHeight = 24;
constexpr int kEntryPadding = 6;
constexpr int kLegendSwatch = 8;
constexpr int kSwatchGap = 6;

// A swatch and its name. Without a frame until it is pressed or under the pointer, so that it reads as a
// legend.
class LegendEntry final : public QAbstractButton
{
public:
    LegendEntry(const QString &text, QColor widgets::Theme::*colour, QWidget *parent)
        : QAbstractButton(parent), m_colour(colour)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics metrics(widgets::font(widgets::TextStyle::Caption, 600));
        return {2 * kEntryPadding + kLegendSwatch + kSwatchGap + metrics.horizontalAdvance(text()),
                std::max(kEntryHeight, metrics.height() + 6)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const widgets::Theme &theme = widgets::themeOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (isChecked() || isDown() || underMouse()) {
            painter.setPen(isChecked() && theme.isHighContrast ? QPen(theme.accent, 1) : QPen(Qt::NoPen));
            painter.setBrush(isChecked() ? theme.accentWeak : theme.hover);
            painter.drawRoundedRect(ground, widgets::metrics::kRadiusBadge, widgets::metrics::kRadiusBadge);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusBadge,
                                    widgets::metrics::kRadiusBadge);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.*m_colour);
        painter.drawRoundedRect(kEntryPadding, (height() - kLegendSwatch) / 2, kLegendSwatch, kLegendSwatch,
                                2, 2);
        painter.setFont(widgets::font(widgets::TextStyle::Caption, isChecked() ? 600 : 0));
        painter.setPen(isChecked() ? theme.accent : theme.ink2);
        painter.drawText(rect().adjusted(kEntryPadding + kLegendSwatch + kSwatchGap, 0, 0, 0),
                         Qt::AlignVCenter | Qt::TextDontClip, text());
    }

private:
    QColor widgets::Theme::*m_colour;
};

} // namespace

EventLegend::EventLegend(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(kLegendHeight);
    setAccessibleName(tr("Kinds of events"));
    // As the cards colour them: what has no colour of its own is motion.
    const struct {
        QString text;
        QString tip;
        QColor widgets::Theme::*colour;
        catalog::Causes causes;
    } entries[] = {
        {tr("Motion"), tr("Show motion, animals and recordings by schedule or hand"), &widgets::Theme::motion,
         catalog::causeOf(Trigger::Motion) | catalog::causeOf(Trigger::Unknown) |
             catalog::causeOf(Trigger::Schedule) | catalog::causeOf(Trigger::Manual) |
             catalog::causeOf(Subject::Animal)},
        {tr("Person"), tr("Show persons and faces"), &widgets::Theme::person,
         catalog::causeOf(Subject::Person) | catalog::causeOf(Subject::Face)},
        {tr("Vehicle"), tr("Show vehicles"), &widgets::Theme::vehicle, catalog::causeOf(Subject::Vehicle)},
        {tr("Sound"), tr("Show sounds"), &widgets::Theme::sound, catalog::causeOf(Trigger::Sound)}};
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12 - kEntryPadding, 0, 4, 8);
    row->setSpacing(2);
    for (const auto &entry : entries) {
        auto *button = new LegendEntry(entry.text, entry.colour, this);
        button->setToolTip(entry.tip);
        button->setAccessibleDescription(entry.tip);
        row->addWidget(button);
        m_entries.append({button, entry.causes});
        connect(button, &QAbstractButton::clicked, this, [this] { Q_EMIT causesChosen(causes()); });
    }
    row->addStretch();
}

void EventLegend::setCauses(catalog::Causes causes)
{
    for (const Entry &entry : std::as_const(m_entries))
        entry.button->setChecked(causes != catalog::kAllCauses && (causes & entry.causes) == entry.causes);
}

catalog::Causes EventLegend::causes() const
{
    catalog::Causes out = 0;
    for (const Entry &entry : m_entries)
        out |= entry.button->isChecked() ? entry.causes : 0;
    return out == 0 ? catalog::kAllCauses : out;
}

} // namespace gatehouse::events
