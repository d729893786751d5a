#include "setup/connect_steps.h"

#include "setup/connect_step.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace gatehouse::setup
{

namespace
{
constexpr int kMarkGap = 3;
} // namespace

ConnectSteps::ConnectSteps(QWidget *parent)
    : QWidget(parent), m_reached(new ConnectStep({}, {}, this)), m_loggedIn(new ConnectStep({}, {}, this)),
      m_stored(new ConnectStep({}, {}, this))
{
    auto *title = new QLabel(tr("Progress"), this);
    title->setFont(widgets::font(widgets::TextStyle::H2));
    auto *hint = new QLabel(
        tr("Save the settings on the camera, press its Test button and watch the progress here."), this);
    hint->setWordWrap(true);
    hint->setProperty("ink", QStringLiteral("second"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 20, 20);
    column->setSpacing(4);
    column->addWidget(title);
    column->addWidget(hint);
    column->addSpacing(12);
    column->addWidget(m_reached);
    column->addWidget(m_loggedIn);
    column->addWidget(m_stored);
    column->addStretch();
    restart();
}

void ConnectSteps::restart()
{
    m_reached->set(ConnectStep::State::Waiting, tr("Reaches this PC"), tr("waiting"), 0);
    m_loggedIn->set(ConnectStep::State::Waiting, tr("Logs in"), tr("waiting"), 0);
    m_stored->set(ConnectStep::State::Waiting, tr("First picture is stored"), tr("waiting"), 0);
}

void ConnectSteps::setReached(const QString &peer, qint64 now)
{
    if (m_reached->state() != ConnectStep::State::Done)
        m_reached->set(ConnectStep::State::Done, tr("Reached this PC"), tr("from %1").arg(peer), now);
}

void ConnectSteps::setLoggedIn(const QString &user, const QString &peer, qint64 now)
{
    setReached(peer, now);
    const QString title = user.isEmpty() ? tr("Logged in") : tr("Logged in as %1").arg(user);
    m_loggedIn->set(ConnectStep::State::Done, title, tr("the password is right"), now);
}

void ConnectSteps::setFaults(const QVector<protocol::CameraFault> &faults)
{
    const auto newest = [&](bool isBeforeLogIn) {
        return std::find_if(faults.begin(), faults.end(), [&](const protocol::CameraFault &fault) {
            return protocol::isBeforeLogIn(fault.kind) == isBeforeLogIn && !protocol::isReceived(fault.kind);
        });
    };
    const auto show = [&](ConnectStep *step, bool isBeforeLogIn, const QString &waitingTitle) {
        const auto fault = newest(isBeforeLogIn);
        if (fault == faults.end()) {
            if (step->state() == ConnectStep::State::Failed)
                step->set(ConnectStep::State::Waiting, waitingTitle, tr("waiting"), 0);
            return;
        }
        if (isBeforeLogIn)
            setReached(fault->peer, fault->first);
        else
            setLoggedIn(fault->user, fault->peer, fault->first);
        const protocol::FaultText text = textOf(*fault);
        step->set(ConnectStep::State::Failed, text.brief.arg(widgets::sinceText(fault->first)),
                  tr("%1: %2").arg(fault->user.isEmpty() ? fault->peer : fault->user, text.sentences()), 0);
    };
    show(m_stored, false, tr("First picture is stored"));
    show(m_loggedIn, true, tr("Logs in"));
}

void ConnectSteps::setTests(const QVector<protocol::TestUpload> &tests)
{
    if (tests.isEmpty() || m_stored->state() == ConnectStep::State::Failed)
        return;
    const protocol::TestUpload &newest = tests.first();
    setLoggedIn(newest.user, newest.peer, newest.at);
    m_stored->set(ConnectStep::State::Done, tr("Test received"),
                  tr("from %1. The first picture follows when the camera records one").arg(newest.user),
                  newest.at);
}

void ConnectSteps::setStored(const QString &camera, qint64 when)
{
    m_stored->set(ConnectStep::State::Done, tr("First picture is stored"), tr("from %1").arg(camera), when);
}

QString ConnectSteps::text() const
{
    return QStringList{m_reached->text(), m_loggedIn->text(), m_stored->text()}.join(QLatin1Char('\n'));
}

void ConnectSteps::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, 1, height()), theme.line);
    // From mark to mark.
    const auto join = [&](const ConnectStep &above, const ConnectStep &below) {
        const QRect from = above.mark().translated(above.pos());
        const QRect to = below.mark().translated(below.pos());
        const int top = from.bottom() + 1 + kMarkGap;
        painter.fillRect(QRect(from.center().x(), top, 1, to.top() - kMarkGap - top), theme.line);
    };
    join(*m_reached, *m_loggedIn);
    join(*m_loggedIn, *m_stored);
}

} // namespace gatehouse::setup
