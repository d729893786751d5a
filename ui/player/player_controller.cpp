#include "player/player_controller.h"

#include "base/when_done.h"
#include "player/player_messages.h"

#include <algorithm>

namespace gatehouse::player
{

namespace
{

constexpr int kSlowMs = 300; // before that, opening a clip is not indicated
constexpr qint64 kSkipMs = 10'000;

} // namespace

// A low-res copy has its own times; a stream without them gets those of the catalog.
media::ClipRequest PlayerController::requestFor(const catalog::Item &item, const QString &lowResCopy,
                                                qint64 start, media::Consent consent)
{
    if (isLow(item) && !lowResCopy.isEmpty())
        return {item.id.value, lowResCopy, start, consent, nullptr, 0};
    if (item.state == ItemState::TooLong && consent == media::Consent::Assumed)
        consent = media::Consent::Needed;
    // A cut stream contains fewer frames than its name says.
    const bool isLengthKnown = item.durationKnown && item.state != ItemState::Incomplete;
    const qint64 length = isLengthKnown ? item.duration * 1000 : 0;
    return {item.id.value, item.path, start, consent, nullptr, length};
}

const QVector<double> &PlayerController::rates()
{
    static const QVector<double> all{0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0};
    return all;
}

PlayerController::PlayerController(const models::Services &services, models::Playhead &playhead,
                                   models::Selection &selection, QObject *parent)
    : QObject(parent), m_services(services), m_playhead(playhead), m_selection(selection),
      m_navigator(services, playhead, selection), m_lowResCopies(services), m_engine(services.player),
      m_sound(m_engine.soundQueue())
{
    connectEngine();
    m_slowly.setSingleShot(true);
    m_slowly.setInterval(kSlowMs);
    connect(&m_slowly, &QTimer::timeout, this, [this] {
        if (!m_engine.isSettled())
            Q_EMIT openingSlowly();
    });
    connect(&m_selection, &models::Selection::shown, this,
            [this](CameraId camera, ItemId item, qint64 time) { showItem(camera, item, time, true); });
    connect(&m_playhead, &models::Playhead::sought, this, &PlayerController::showSought);
    connect(&m_selection, &models::Selection::cameraChanged, this, &PlayerController::showCamera);
    connect(&m_navigator, &models::EventNavigator::nothingThere, this, &PlayerController::nothingThere);
    connect(&m_services.changes, &catalog::Changes::itemsRemoved, this,
            [this](const QVector<catalog::ItemChange> &items) {
                QSet<ItemId> gone;
                for (const catalog::ItemChange &item : items)
                    gone.insert(item.item);
                closeGone(gone);
            });
    connect(&m_lowResCopies, &LowResCopies::progressed, this, &PlayerController::qualityChanged);
    connect(&m_lowResCopies, &LowResCopies::made, this, &PlayerController::takeLowResCopy);
    connect(&m_lowResCopies, &LowResCopies::failed, this, [this](ItemId item, const QString &why) {
        if (!m_item || m_item->id != item || !isLow())
            return;
        Q_EMIT lowResFailed(why);
        Q_EMIT qualityChanged();
    });
    connect(&m_services.changes, &catalog::Changes::itemsAdded, this, &PlayerController::itemsAdded);
    connect(&m_services.changes, &catalog::Changes::camerasChanged, this, &PlayerController::followName);
}

PlayerController::~PlayerController()
{
    m_engine.setSoundDevice(nullptr);
}

void PlayerController::connectEngine()
{
    using media::PlayerEngine;
    connect(&m_engine, &PlayerEngine::opened, this, &PlayerController::takeOver);
    connect(&m_engine, &PlayerEngine::shown, this, &PlayerController::takePicture);
    connect(&m_engine, &PlayerEngine::ended, this, &PlayerController::endClip);
    connect(&m_engine, &PlayerEngine::failed, this, [this](qint64 token, const Error &error) {
        takeOver(token);
        m_slowly.stop();
        if (fallBack(token, error))
            return;
        if (!m_item || m_item->id.value != token)
            return;
        Q_EMIT cannotPlay(error);
        Q_EMIT timeChanged(time());
    });
    connect(&m_engine, &PlayerEngine::withheld, this, [this](qint64 token) {
        takeOver(token);
        m_slowly.stop();
        if (!m_item || m_item->id.value != token)
            return;
        Q_EMIT withheld();
        Q_EMIT timeChanged(time());
    });
    connect(&m_engine, &PlayerEngine::rateChanged, this, &PlayerController::soundChanged);
    connect(&m_sound, &SoundOutput::availableChanged, this, &PlayerController::applySound);
    applySound();
}

qint64 PlayerController::time() const
{
    if (!m_item)
        return 0;
    const auto picture = m_engine.picture();
    return m_item->captured + (picture ? picture->time / 1000 : 0);
}

// --- what is selected

void PlayerController::showItem(CameraId camera, ItemId item, qint64 time, bool play)
{
    const int question = ++m_question;
    whenDone(findItem(m_services.reader, m_services.cache, camera, item), this,
             [this, question, time, play](const Result<FoundItem> &found) {
                 if (question == m_question)
                     showFound(found, time, play, true);
             });
}

void PlayerController::present(CameraId camera, ItemId item, qint64 time)
{
    m_selection.track(camera, item); // changing the camera triggers its own query
    m_playhead.moveTo(time);
    showItem(camera, item, time, false);
}

void PlayerController::showSought(qint64 time)
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
    whenDone(findItemAt(m_services.reader, m_services.cache, m_selection.camera(), time), this,
             [this, question, time, play = m_engine.isPlaying()](const Result<FoundItem> &found) {
                 if (question == m_question)
                     showFound(found, time, play, false);
             });
}

void PlayerController::showCamera(CameraId camera)
{
    if (camera.isValid() && (!m_item || m_item->camera != camera) && m_playhead.time() != 0)
        showSought(m_playhead.time());
}

void PlayerController::showFound(const Result<FoundItem> &found, qint64 time, bool play, bool isJump)
{
    if (!found) {
        closeItem();
        Q_EMIT lookupFailed(found.error().text);
        Q_EMIT itemChanged();
        return;
    }
    m_cameraName = found->cameraName;
    if (!found->item) {
        closeItem();
        Q_EMIT nothingRecorded(time, found->deletedFor);
        Q_EMIT itemChanged();
        return;
    }
    // An item selected automatically is displayed already, for example the event that is playing.
    if (!isJump && m_item && m_item->id == found->item->id) {
        m_engine.seek(std::max<qint64>(0, time - m_item->captured) * 1000, media::SeekKind::Scrub);
        return;
    }
    openItem(*found->item, found->lowResCopy, time, play);
}

void PlayerController::closeItem()
{
    m_engine.close();
    m_item.reset();
    m_next.reset();
    m_slowly.stop();
    Q_EMIT qualityChanged();
}

void PlayerController::leave(const QSet<ItemId> &items)
{
    m_leaving = items;
    closeGone(items);
}

void PlayerController::closeGone(const QSet<ItemId> &items)
{
    if (m_next && items.contains(m_next->id)) {
        m_next.reset();
        m_engine.setNext(std::nullopt);
    }
    if (!m_item || !items.contains(m_item->id))
        return;
    ++m_question; // nothing that was asked for it before brings it back
    m_selection.track(m_item->camera, {});
    closeItem();
    Q_EMIT itemGone();
    Q_EMIT itemChanged();
}

void PlayerController::openItem(catalog::Item item, const QString &lowResCopy, qint64 time, bool play,
                                media::Consent consent)
{
    m_item = item;
    m_lowResCopy = m_lowResCopies.isUnreadable(item.id) ? QString() : lowResCopy;
    m_isLowResShown = isLow(item) && !m_lowResCopy.isEmpty();
    m_askedTime = time;
    m_askedPlay = play;
    m_next.reset();
    m_endedPlaying = false;
    Q_EMIT opening();
    m_slowly.start();
    const bool isClip = item.kind == Kind::Clip;
    const qint64 start = isClip ? std::max<qint64>(0, time - item.captured) * 1000 : 0;
    m_engine.open(requestFor(item, m_lowResCopy, start, consent), play && isClip);
    prepareNext();
    Q_EMIT itemChanged();
    applyQuality();
}

void PlayerController::openAnyway()
{
    if (m_item && !m_engine.picture())
        openItem(*m_item, m_lowResCopy, m_askedTime, m_askedPlay, media::Consent::Given);
}

// --- quality

bool PlayerController::isLow(const catalog::Item &item) const
{
    return item.kind == Kind::Clip && m_low.contains(item.camera);
}

bool PlayerController::isLow() const
{
    return m_item && m_low.contains(m_item->camera);
}

bool PlayerController::hasQualities() const
{
    return m_item && m_item->kind == Kind::Clip;
}

std::optional<int> PlayerController::lowResPercent() const
{
    if (!m_item || !isLow() || m_isLowResShown)
        return std::nullopt;
    return m_lowResCopies.percent(m_item->id);
}

QString PlayerController::whyNotLow() const
{
    if (!m_item || !isLow() || m_isLowResShown)
        return {};
    return m_lowResCopies.failure(m_item->id);
}

void PlayerController::setLow(bool on)
{
    if (!hasQualities() || isLow() == on)
        return;
    if (on)
        m_low.insert(m_item->camera);
    else
        m_low.remove(m_item->camera);
    m_lowResCopies.forgive(m_item->id);
    applyQuality();
    prepareNext(); // in the same quality
    Q_EMIT lowCamerasChanged();
}

void PlayerController::toggleLow()
{
    setLow(!isLow());
}

void PlayerController::setLowCameras(const QSet<CameraId> &cameras)
{
    m_low = cameras;
    applyQuality();
}

// Shows the item on show in the chosen quality, as far as it is there.
void PlayerController::applyQuality()
{
    if (hasQualities()) {
        const bool isLowRes = isLow() && !m_lowResCopy.isEmpty();
        if (isLowRes != m_isLowResShown) {
            m_isLowResShown = isLowRes;
            m_engine.replace(requestFor(*m_item, m_lowResCopy, 0, media::Consent::Assumed));
            prepareNext(); // the engine has forgotten it
        }
        if (isLow() && !isLowRes)
            m_lowResCopies.ask(m_item->id);
    }
    Q_EMIT qualityChanged();
}

void PlayerController::takeLowResCopy(ItemId item, const QString &path)
{
    if (m_item && m_item->id == item) {
        m_lowResCopy = path;
        applyQuality();
    } else if (m_next && m_next->id == item) {
        m_nextLowResCopy = path;
        m_engine.setNext(requestFor(*m_next, path, 0, media::Consent::Assumed));
    }
}

// True: the recording plays instead of its low-res copy, which could not be opened.
bool PlayerController::fallBack(qint64 token, const Error &error)
{
    if (!m_item || m_item->id.value != token || !m_isLowResShown)
        return false;
    m_lowResCopies.setUnreadable(m_item->id, error.text);
    const qint64 at = m_playhead.time();
    openItem(*m_item, {}, m_item->range().contains(at) ? at : m_askedTime, m_askedPlay);
    return true;
}

// --- from clip to clip

void PlayerController::prepareNext()
{
    const int question = ++m_nextQuestion;
    if (!m_item || m_item->kind != Kind::Clip)
        return;
    whenDone(findNextClip(m_services.reader, m_services.cache, *m_item), this,
             [this, question](const Result<std::optional<NextClip>> &found) {
                 if (question != m_nextQuestion || !found || !*found || m_leaving.contains((*found)->item.id))
                     return;
                 m_next = (*found)->item;
                 m_nextLowResCopy =
                     m_lowResCopies.isUnreadable(m_next->id) ? QString() : (*found)->lowResCopy;
                 if (m_endedPlaying)
                     return openItem(*m_next, m_nextLowResCopy, m_next->captured, true);
                 m_engine.setNext(requestFor(*m_next, m_nextLowResCopy, 0, media::Consent::Assumed));
                 if (isLow(*m_next) && m_nextLowResCopy.isEmpty())
                     m_lowResCopies.ask(m_next->id);
             });
}

void PlayerController::takeOver(qint64 token)
{
    if (m_next && m_next->id.value == token) {
        const qint64 gap = m_item ? m_next->captured - m_item->range().end : 0;
        m_item = std::exchange(m_next, std::nullopt);
        m_lowResCopy = std::exchange(m_nextLowResCopy, {});
        m_isLowResShown = isLow() && !m_lowResCopy.isEmpty();
        m_askedTime = m_item->captured;
        m_askedPlay = true;
        Q_EMIT nextClipStarted(std::max<qint64>(0, gap));
        prepareNext();
        Q_EMIT itemChanged();
        applyQuality();
    }
    Q_EMIT opened();
    Q_EMIT soundChanged();
}

void PlayerController::itemsAdded(const QVector<catalog::ItemChange> &items)
{
    if (!m_item || m_next)
        return;
    for (const catalog::ItemChange &added : items) {
        if (added.camera == m_item->camera && added.kind == Kind::Clip)
            return prepareNext();
    }
}

void PlayerController::followName(const QVector<CameraId> &cameras)
{
    if (!m_item || !cameras.contains(m_item->camera))
        return;
    whenDone(findItem(m_services.reader, m_services.cache, m_item->camera, m_item->id), this,
             [this, item = m_item->id](const Result<FoundItem> &found) {
                 if (!found || !m_item || m_item->id != item || found->cameraName == m_cameraName)
                     return;
                 m_cameraName = found->cameraName;
                 Q_EMIT cameraRenamed();
             });
}

void PlayerController::takePicture(qint64 token, const media::PicturePtr &picture)
{
    if (!m_item || m_item->id.value != token)
        return;
    m_slowly.stop();
    Q_EMIT pictureShown(picture);
    const qint64 now = time();
    // A stand-in, or the reply to a seek, must not move the playhead away from the pointer.
    if (m_engine.isSettled() && (m_engine.isPlaying() || std::exchange(m_reporting, false))) {
        m_selection.track(m_item->camera, m_item->id);
        m_playhead.moveTo(now);
    }
    Q_EMIT timeChanged(now);
}

void PlayerController::endClip(qint64 token, bool isDamaged)
{
    if (!m_item || m_item->id.value != token)
        return;
    m_endedPlaying = !m_next && m_item->kind == Kind::Clip;
    Q_EMIT clipEnded(isDamaged, m_next.has_value());
}

// --- user actions

void PlayerController::togglePlay()
{
    if (!m_item || m_item->kind != Kind::Clip)
        return;
    if (m_engine.isPlaying()) {
        m_engine.pause();
        return;
    }
    m_endedPlaying = false;
    m_engine.play();
}

void PlayerController::stepBack()
{
    m_reporting = true;
    m_engine.step(-1);
}

void PlayerController::stepForward()
{
    m_reporting = true;
    m_engine.step(1);
}

void PlayerController::skip(qint64 milliseconds)
{
    const auto picture = m_engine.picture();
    if (!picture || m_engine.info().isStill)
        return;
    m_reporting = true;
    m_engine.seek(picture->time + milliseconds * 1000, media::SeekKind::Exact);
}

void PlayerController::skipBack()
{
    skip(-kSkipMs);
}

void PlayerController::skipForward()
{
    skip(kSkipMs);
}

void PlayerController::changeRate(int direction)
{
    const auto at = rates().indexOf(m_engine.rate());
    const auto next = std::clamp<qsizetype>(at + direction, 0, rates().size() - 1);
    m_engine.setRate(rates()[next]);
}

void PlayerController::goSlower()
{
    changeRate(-1);
}

void PlayerController::goFaster()
{
    changeRate(1);
}

void PlayerController::toPreviousEvent()
{
    m_navigator.toPrevious();
}

void PlayerController::toNextEvent()
{
    m_navigator.toNext();
}

// --- sound

void PlayerController::applySound()
{
    m_engine.setSoundDevice(m_sound.isAvailable() ? &m_sound : nullptr);
    m_sound.setVolume(m_muted ? 0.0 : m_volume);
    Q_EMIT soundChanged();
}

void PlayerController::setVolume(double volume)
{
    m_volume = std::clamp(volume, 0.0, 1.0);
    setMuted(m_volume <= 0.0);
}

void PlayerController::setMuted(bool on)
{
    m_muted = on;
    m_sound.setVolume(m_muted ? 0.0 : m_volume);
    Q_EMIT soundChanged();
}

void PlayerController::toggleMute()
{
    if (m_muted && m_volume <= 0) // muted by dragging the slider to zero
        setVolume(1.0);
    else
        setMuted(!m_muted);
}

QString PlayerController::silentBecause() const
{
    if (!m_sound.isAvailable())
        return tr("This PC has no sound output");
    if (m_item && m_item->kind == Kind::Clip && m_engine.picture() && !m_engine.info().hasSound)
        return tr("This clip has no sound");
    if (std::abs(m_engine.rate() - 1.0) > 0.01)
        return tr("Sound plays at %1 only").arg(rateText(1.0));
    return {};
}

} // namespace gatehouse::player
