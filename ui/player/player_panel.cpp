#include "player/player_panel.h"

#include "player/picture_view.h"
#include "player/player_messages.h"
#include "player/player_title.h"
#include "widgets/format.h"
#include "widgets/when_done.h"

#include <QVBoxLayout>

namespace gatehouse::player
{

namespace
{

constexpr int kNoteMs = 2'500;
constexpr int kSlowMs = 300; // before that nothing says that a clip is being opened
constexpr int kMargin = 12;

media::ClipRequest requestFor(const catalog::Item &item, qint64 start, media::Consent consent)
{
    if (item.state == ItemState::TooLong && consent == media::Consent::Assumed)
        consent = media::Consent::Needed;
    // A cut stream holds fewer pictures than its name says.
    const bool isLengthKnown = item.durationKnown && item.state != ItemState::Incomplete;
    const qint64 length = isLengthKnown ? item.duration * 1000 : 0;
    return {item.id.value, item.path, start, consent, nullptr, length};
}

} // namespace

PlayerPanel::PlayerPanel(const models::Services &services, models::Playhead &playhead,
                         models::Selection &selection, QWidget *parent)
    : QWidget(parent), m_services(services), m_playhead(playhead), m_selection(selection),
      m_navigator(services, playhead, selection), m_engine(services.player), m_sound(m_engine.soundQueue()),
      m_view(new PictureView(this))
{
    makeActions();
    m_title = new PlayerTitle(m_actions.fullScreen, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 0, kMargin, kMargin);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    m_view->showReason(QStringLiteral("film"), tr("Choose an event or a time on the timeline"));
    connectEngine();

    m_slowly.setSingleShot(true);
    m_slowly.setInterval(kSlowMs);
    connect(&m_slowly, &QTimer::timeout, this, [this] {
        if (!m_engine.isSettled())
            m_view->setNote(QStringLiteral("clock"), tr("Opening the clip"), 0);
    });
    connect(&m_selection, &models::Selection::shown, this, &PlayerPanel::showShown);
    connect(&m_playhead, &models::Playhead::sought, this, &PlayerPanel::showSought);
    connect(&m_selection, &models::Selection::cameraChanged, this, &PlayerPanel::showCamera);
    connect(&m_services.changes, &catalog::Changes::itemsAdded, this, &PlayerPanel::itemsAdded);
    connect(m_view, &PictureView::clicked, this, &PlayerPanel::togglePlay);
    connect(m_view, &PictureView::doubleClicked, this, &PlayerPanel::toggleFullScreen);
}

PlayerPanel::~PlayerPanel()
{
    m_engine.setSoundDevice(nullptr);
    // In full screen the view is in a window that nobody owns.
    delete m_view;
    delete m_screen;
}

void PlayerPanel::connectEngine()
{
    using media::PlayerEngine;
    connect(m_view, &PictureView::tileResized, this, [this](QSize size) {
        m_engine.setTile({size.width(), size.height()});
    });
    connect(&m_engine, &PlayerEngine::opened, this, &PlayerPanel::takeOver);
    connect(&m_engine, &PlayerEngine::shown, this, &PlayerPanel::pictureShown);
    connect(&m_engine, &PlayerEngine::ended, this, &PlayerPanel::clipEnded);
    connect(&m_engine, &PlayerEngine::failed, this, &PlayerPanel::clipFailed);
    connect(&m_engine, &PlayerEngine::withheld, this, &PlayerPanel::clipWithheld);
    connect(&m_engine, &PlayerEngine::rateChanged, this, &PlayerPanel::soundChanged);
    connect(&m_sound, &SoundOutput::availableChanged, this, &PlayerPanel::applySound);
    applySound();
}

qint64 PlayerPanel::time() const
{
    if (!m_item)
        return 0;
    const auto picture = m_engine.picture();
    return m_item->captured + (picture ? picture->time / 1000 : 0);
}

// --- what is selected

void PlayerPanel::showShown(CameraId camera, ItemId item, qint64 time)
{
    const int question = ++m_question;
    widgets::whenDone(findItem(m_services.reader, camera, item), this,
                      [this, question, time](const Result<FoundItem> &found) {
                          if (question == m_question)
                              showFound(found, time, true, true);
                      });
}

void PlayerPanel::present(CameraId camera, ItemId item, qint64 time)
{
    m_selection.track(camera, item); // a change of the camera asks a question of its own
    m_playhead.moveTo(time);
    const int question = ++m_question;
    widgets::whenDone(findItem(m_services.reader, camera, item), this,
                      [this, question, time](const Result<FoundItem> &found) {
                          if (question == m_question)
                              showFound(found, time, false, true);
                      });
}

void PlayerPanel::showSought(qint64 time)
{
    const int question = ++m_question;
    if (!m_selection.camera().isValid())
        return;
    if (m_item && m_item->camera == m_selection.camera() && m_item->kind == Kind::Clip &&
        m_item->range().contains(time)) {
        m_endedPlaying = false;
        m_engine.seek((time - m_item->captured) * 1000, media::SeekKind::Scrub);
        return;
    }
    widgets::whenDone(findItemAt(m_services.reader, m_selection.camera(), time), this,
                      [this, question, time, play = m_engine.isPlaying()](const Result<FoundItem> &found) {
                          if (question == m_question)
                              showFound(found, time, play, false);
                      });
}

void PlayerPanel::showCamera(CameraId camera)
{
    if (camera.isValid() && (!m_item || m_item->camera != camera) && m_playhead.time() != 0)
        showSought(m_playhead.time());
}

void PlayerPanel::showFound(const Result<FoundItem> &found, qint64 time, bool play, bool isJump)
{
    if (!found) {
        m_engine.close();
        m_item.reset();
        m_view->showReason(QStringLiteral("triangle-alert"), found.error().text);
        Q_EMIT itemChanged();
        return;
    }
    m_cameraName = found->cameraName;
    if (!found->item)
        return showNothing(time, found->deletedFor);
    // An item chosen by itself is on show already, for instance the event that is playing.
    if (!isJump && m_item && m_item->id == found->item->id) {
        m_engine.seek(std::max<qint64>(0, time - m_item->captured) * 1000, media::SeekKind::Scrub);
        return;
    }
    openItem(*found->item, time, play);
}

void PlayerPanel::showNothing(qint64 time, const QString &deletedFor)
{
    m_engine.close();
    m_item.reset();
    m_next.reset();
    m_slowly.stop();
    if (deletedFor.isEmpty())
        m_view->showReason(QStringLiteral("video-off"), nothingRecordedText(time, m_cameraName),
                           m_actions.nextEvent);
    else
        m_view->showReason(QStringLiteral("trash-2"), goneText(time, m_cameraName, deletedFor),
                           m_actions.nextEvent);
    m_title->show(m_cameraName, time);
    Q_EMIT itemChanged();
}

void PlayerPanel::openItem(const catalog::Item &item, qint64 time, bool play, media::Consent consent)
{
    m_item = item;
    m_askedTime = time;
    m_askedPlay = play;
    m_next.reset();
    m_endedPlaying = false;
    m_view->setNote({}, {}, 0);
    m_slowly.start();
    const bool isClip = item.kind == Kind::Clip;
    const qint64 start = isClip ? std::max<qint64>(0, time - item.captured) * 1000 : 0;
    m_engine.open(requestFor(item, start, consent), play && isClip);
    prepareNext();
    Q_EMIT itemChanged();
}

// --- from clip to clip

void PlayerPanel::prepareNext()
{
    const int question = ++m_nextQuestion;
    if (!m_item || m_item->kind != Kind::Clip)
        return;
    widgets::whenDone(findNextClip(m_services.reader, *m_item), this,
                      [this, question](const Result<std::optional<catalog::Item>> &found) {
                          if (question != m_nextQuestion || !found || !*found)
                              return;
                          m_next = **found;
                          if (m_endedPlaying)
                              openItem(*m_next, m_next->captured, true);
                          else
                              m_engine.setNext(requestFor(*m_next, 0, media::Consent::Assumed));
                      });
}

void PlayerPanel::takeOver(qint64 token)
{
    if (m_next && m_next->id.value == token) {
        const qint64 gap = m_item ? m_next->captured - m_item->range().end : 0;
        m_item = std::exchange(m_next, std::nullopt);
        m_askedTime = m_item->captured;
        m_askedPlay = true;
        m_view->setNote(QStringLiteral("skip-forward"), nextClipText(std::max<qint64>(0, gap)), kNoteMs);
        prepareNext();
        Q_EMIT itemChanged();
    }
    m_view->setQuality(qualityText(m_engine.info().width, m_engine.info().height));
    Q_EMIT soundChanged();
}

void PlayerPanel::itemsAdded(const QVector<catalog::ItemChange> &items)
{
    if (!m_item || m_next)
        return;
    for (const catalog::ItemChange &added : items) {
        if (added.camera == m_item->camera && added.kind == Kind::Clip)
            return prepareNext();
    }
}

void PlayerPanel::pictureShown(qint64 token, const media::PicturePtr &picture)
{
    if (!m_item || m_item->id.value != token)
        return;
    if (m_slowly.isActive() || m_engine.isSettled()) {
        m_slowly.stop();
        if (m_view->note() == tr("Opening the clip"))
            m_view->setNote({}, {}, 0);
    }
    m_view->show(picture);
    // A camera may change its size within a clip.
    m_view->setQuality(qualityText(picture->fullWidth, picture->fullHeight));
    const qint64 now = time();
    m_view->setCaption(m_cameraName, widgets::clockText(now));
    m_title->show(m_cameraName, now);
    // A picture that stands in, or that answers a seek, must not pull the playhead from under the hand.
    if (m_engine.isSettled() && (m_engine.isPlaying() || std::exchange(m_reporting, false))) {
        m_selection.track(m_item->camera, m_item->id);
        m_playhead.moveTo(now);
    }
    Q_EMIT timeChanged(now);
}

void PlayerPanel::clipEnded(qint64 token, bool isDamaged)
{
    if (!m_item || m_item->id.value != token)
        return;
    m_endedPlaying = !m_next && m_item->kind == Kind::Clip;
    if (const QString text = endText(*m_item, isDamaged); !text.isEmpty())
        m_view->setNote(QStringLiteral("triangle-alert"), text, m_next ? kNoteMs : 0, true);
}

void PlayerPanel::clipFailed(qint64 token, const Error &error)
{
    takeOver(token);
    if (m_item)
        showCannot(token, QStringLiteral("triangle-alert"), cannotPlayText(*m_item, error),
                   m_actions.nextEvent);
}

void PlayerPanel::clipWithheld(qint64 token)
{
    takeOver(token);
    if (m_item)
        showCannot(token, QStringLiteral("info"), withheldText(*m_item), m_actions.openAnyway);
}

void PlayerPanel::openAnyway()
{
    if (m_item && !m_view->picture())
        openItem(catalog::Item(*m_item), m_askedTime, m_askedPlay, media::Consent::Given);
}

void PlayerPanel::showCannot(qint64 token, const QString &icon, const QString &sentence, QAction *way)
{
    m_slowly.stop();
    if (!m_item || m_item->id.value != token)
        return;
    m_view->showReason(icon, sentence, way);
    m_view->setQuality({});
    m_title->show(m_cameraName, time());
    Q_EMIT timeChanged(time());
}

// --- sound

void PlayerPanel::applySound()
{
    m_engine.setSoundDevice(m_sound.isAvailable() ? &m_sound : nullptr);
    m_sound.setVolume(m_muted ? 0.0 : m_volume);
    Q_EMIT soundChanged();
}

void PlayerPanel::setVolume(double volume)
{
    m_volume = std::clamp(volume, 0.0, 1.0);
    setMuted(m_volume <= 0.0);
}

void PlayerPanel::setMuted(bool on)
{
    m_muted = on;
    m_sound.setVolume(m_muted ? 0.0 : m_volume);
    Q_EMIT soundChanged();
}

QString PlayerPanel::silentBecause() const
{
    if (!m_sound.isAvailable())
        return tr("This computer has no sound output");
    if (m_item && m_item->kind == Kind::Clip && m_engine.picture() && !m_engine.info().hasSound)
        return tr("This clip has no sound");
    if (std::abs(m_engine.rate() - 1.0) > 0.01)
        return tr("Sound plays at %1 only").arg(rateText(1.0));
    return {};
}

} // namespace gatehouse::player
