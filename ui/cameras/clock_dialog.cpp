#include "cameras/clock_dialog.h"

#include "base/limits.h"
#include "catalog/types/camera.h"
#include "widgets/combo_box.h"
#include "widgets/elided_label.h"
#include "widgets/format.h"
#include "widgets/spin_box.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>

namespace gatehouse::cameras
{

namespace
{

constexpr qint64 kClockSecond = 1000;
constexpr qint64 kClockMinute = 60 * kClockSecond;
constexpr qint64 kClockHour = 60 * kClockMinute;

QSpinBox *makeSpin(int most, qint64 value, const QString &suffix, const QString &name, QWidget *parent)
{
    auto *spin = new widgets::SpinBox(parent);
    spin->setRange(0, most);
    spin->setValue(int(value));
    spin->setSuffix(suffix);
    spin->setAccessibleName(name);
    return spin;
}

} // namespace

QString clockSentence(const catalog::Camera &camera)
{
    if (camera.offset == 0) {
        return camera.offsetFixed ? ClockDialog::tr("You set its clock to be used as it is.")
                                  : ClockDialog::tr("Its clock is correct, judging by its uploads.");
    }
    const QString span = widgets::spanText(camera.offset);
    const QString how =
        camera.offsetFixed ? ClockDialog::tr("set manually") : ClockDialog::tr("learned from its uploads");
    return camera.offset > 0 ? ClockDialog::tr("Its clock is %1 ahead, %2.").arg(span, how)
                             : ClockDialog::tr("Its clock is %1 behind, %2.").arg(span, how);
}

ClockDialog::ClockDialog(const catalog::Camera &camera, QWidget *parent)
    : widgets::ConfirmDialog(
          tr("Clock of %1").arg(widgets::elidedName(camera.name)),
          clockSentence(camera) + QLatin1Char(' ') +
              tr("Its recordings move on the timeline. You can move them back in the same way."),
          parent)
{
    setWholeHeading(tr("Clock of %1").arg(camera.name));
    const qint64 span = qAbs(camera.offset);
    auto *row = new QWidget(this);
    m_hours = makeSpin(limits::kMaxClockOffsetHours, span / kClockHour, tr(" h"), tr("Hours"), row);
    m_minutes = makeSpin(59, span % kClockHour / kClockMinute, tr(" min"), tr("Minutes"), row);
    m_seconds = makeSpin(59, span % kClockMinute / kClockSecond, tr(" s"), tr("Seconds"), row);
    m_direction = new widgets::ComboBox(row);
    m_direction->addItems({tr("ahead"), tr("behind")});
    m_direction->setCurrentIndex(camera.offset < 0 ? 1 : 0);
    m_direction->setAccessibleName(tr("Ahead or behind"));
    auto *fields = new QHBoxLayout(row);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(8);
    fields->addWidget(m_hours);
    fields->addWidget(m_minutes);
    fields->addWidget(m_seconds);
    fields->addWidget(m_direction, 1);
    addContent(row);

    QPushButton *learn = addButton(tr("Learn from uploads"));
    learn->setAutoDefault(false);
    learn->setEnabled(camera.offsetFixed);
    learn->setToolTip(camera.offsetFixed ? QString() : tr("It is already learned from uploads"));
    QPushButton *set = addButton(tr("Correct manually"), QStringLiteral("primary"));
    set->setDefault(true);
    m_hours->setFocus();
    m_hours->selectAll();
    connect(learn, &QPushButton::clicked, this, [this] {
        Q_EMIT learningChosen();
        accept();
    });
    connect(set, &QPushButton::clicked, this, [this] {
        Q_EMIT offsetChosen(offset());
        accept();
    });
}

qint64 ClockDialog::offset() const
{
    const qint64 span =
        m_hours->value() * kClockHour + m_minutes->value() * kClockMinute + m_seconds->value() * kClockSecond;
    return m_direction->currentIndex() == 1 ? -span : span;
}

} // namespace gatehouse::cameras
