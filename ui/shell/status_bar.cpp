#include "shell/status_bar.h"

#include "base/size_text.h"
#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "shell/status_item.h"
#include "widgets/elided_label.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace gatehouse::shell
{

StatusBar::StatusBar(const models::EngineStatusModel &engine, const models::CameraModel &cameras,
                     QWidget *parent)
    : QWidget(parent), m_engine(engine), m_cameras(cameras), m_receiving(new StatusItem(this)),
      m_disk(new StatusItem(this)), m_needs(new StatusItem(this)),
      m_reporting(new widgets::ElidedLabel({}, Qt::ElideRight, this))
{
    const QFontMetrics metrics(widgets::font(widgets::TextStyle::Label));
    setFixedHeight(std::max(widgets::metrics::kStatusHeight, metrics.height() + 10));
    m_reporting->setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    m_reporting->setInk(&widgets::Theme::ink2);
    m_reporting->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(20);
    row->addWidget(m_receiving);
    row->addWidget(m_disk);
    row->addWidget(m_needs);
    row->addStretch(1);
    row->addWidget(m_reporting);
    connect(m_receiving, &StatusItem::linkClicked, this, &StatusBar::resumeRequested);
    connect(m_needs, &StatusItem::linkClicked, this,
            [this] { Q_EMIT cameraRequested(m_cameras.firstTrouble().camera); });
    connect(&m_engine, &models::EngineStatusModel::changed, this, &StatusBar::refresh);
    connect(&m_cameras, &models::CameraModel::updated, this, &StatusBar::refresh);
    refresh();
}

QString StatusBar::receiving() const
{
    return m_receiving->sentence();
}

QString StatusBar::reporting() const
{
    return m_reporting->text();
}

QString StatusBar::needs() const
{
    return m_needs->sentence();
}

QString StatusBar::reportingSentence() const
{
    if (!m_cameras.isLoaded())
        return {};
    const QVector<catalog::Camera> &cameras = m_cameras.cameras();
    if (cameras.isEmpty())
        return tr("No camera yet");
    if (cameras.size() > 1)
        return tr("%1 of %2 cameras are reporting")
            .arg(QString::number(m_cameras.reporting()), QString::number(cameras.size()));
    if (m_cameras.reporting() == 1)
        return tr("The camera is reporting");
    return cameras.first().lastReceived == 0 ? tr("Waiting for the first picture")
                                             : tr("The camera has sent nothing for a day");
}

void StatusBar::refresh()
{
    using Tone = StatusItem::Tone;
    const protocol::Status &status = m_engine.status();
    switch (m_engine.health()) {
    case models::EngineStatusModel::Health::Ok:
        m_receiving->show(m_engine.isKnown() ? QStringLiteral("circle-check") : QStringLiteral("clock"),
                          m_engine.isKnown() ? Tone::Ok : Tone::Plain, m_engine.sentence());
        break;
    case models::EngineStatusModel::Health::Paused:
        m_receiving->show(QStringLiteral("circle-pause"), Tone::Warn, m_engine.sentence(), tr("Resume"));
        break;
    case models::EngineStatusModel::Health::Trouble:
        m_receiving->show(QStringLiteral("triangle-alert"), Tone::Warn, m_engine.sentence());
        break;
    }
    m_disk->show(QStringLiteral("hard-drive"), Tone::Plain,
                 m_engine.isKnown() && status.archive.isReady
                     ? tr("%1 free").arg(sizeText(status.archive.free.value_or(0)))
                     : QString());
    const auto trouble = m_cameras.firstTrouble();
    if (trouble.user.isEmpty())
        m_needs->show(QStringLiteral("triangle-alert"), Tone::Warn, status.clock);
    else
        m_needs->show(QStringLiteral("triangle-alert"), Tone::Warn,
                      tr("%1: %2").arg(trouble.name, trouble.reason), tr("Show"));

    m_reporting->setText(reportingSentence());
}

void StatusBar::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

} // namespace gatehouse::shell
