#include "media/playback/player_engine.h"

#include "media/playback/decoder_thread.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kSoundDrift = 40'000;   // audio and video may differ by this before the clock follows
constexpr qint64 kMaxLateness = 250'000; // slow decoding slows the clock, not the video
constexpr int kMaxQueuedSteps = 2;
constexpr qint64 kEarly = 500;           // a picture is shown this long before its time
constexpr qint64 kMaxBehind = 1'000'000; // further behind a clock outside, the pictures between are skipped

std::unique_ptr<Decoder> makeDecoder(const PlayerOptions &options, SoundQueue &sound)
{
    if (options.decoder.program.isEmpty())
        return std::make_unique<DecoderThread>(sound, options.markFile);
    return std::make_unique<DecoderLink>(options.decoder, sound, options.markFile);
}

} // namespace

PlayerEngine::PlayerEngine(const PlayerOptions &options, QObject *parent)
    : QObject(parent), m_decoder(makeDecoder(options, m_sound))
{
    qRegisterMetaType<PicturePtr>();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PlayerEngine::advance);
    connect(m_decoder.get(), &Decoder::delivered, this, &PlayerEngine::advance, Qt::QueuedConnection);
    m_decoder->start();
}

PlayerEngine::~PlayerEngine()
{
    if (m_device != nullptr)
        m_device->stop();
}

void PlayerEngine::setSoundDevice(SoundDevice *device)
{
    if (m_device != nullptr)
        m_device->stop();
    m_device = device;
    updateSound();
    if (m_picture && m_playing)
        resumeInPlace();
}

void PlayerEngine::follow(PlaybackClock *clock, qint64 origin)
{
    if (m_outside != nullptr)
        m_outside->disconnect(this);
    m_outside = clock;
    m_origin = origin;
    updateSound();
    if (clock == nullptr)
        return;
    m_decoder->mailbox().setNext(std::nullopt);
    connect(clock, &PlaybackClock::moved, this, [this] { catchUp(SeekKind::Exact); });
    connect(clock, &PlaybackClock::runningChanged, this, [this] { catchUp(SeekKind::Quiet); });
    connect(clock, &PlaybackClock::rateChanged, this, &PlayerEngine::setRate);
    setRate(clock->rate());
    catchUp(SeekKind::Quiet);
}

// To the picture of the clock's time; where it stands, the one that the others show, too.
void PlayerEngine::catchUp(SeekKind kind)
{
    if (m_keyAwaited && m_loading)
        m_later = DecodeRequest{
            .kind = DecodeRequest::Kind::Seek, .time = std::max<qint64>(0, now()), .seek = kind};
    else if (m_picture && !m_info.isStill)
        seek(now(), kind);
    setPlaying(m_outside->isRunning());
}

qint64 PlayerEngine::now() const
{
    return m_outside != nullptr ? m_outside->position() - m_origin : m_clock.position();
}

void PlayerEngine::open(const ClipRequest &asked, bool play)
{
    ClipRequest request = asked;
    if (m_outside != nullptr) {
        request.start = std::max<qint64>(0, now());
        play = m_outside->isRunning();
    }
    m_ended = false;
    m_isReplacing = false;
    m_later.reset();
    m_stepsLater = 0;
    m_decoder->mailbox().setNext(std::nullopt);
    m_token = request.token;
    submit({.kind = DecodeRequest::Kind::Open, .clip = request});
    setPlaying(play);
}

void PlayerEngine::replace(ClipRequest request)
{
    if (m_later)
        request.start = m_later->time;
    else if (m_loading)
        request.start = m_target;
    else if (m_picture)
        request.start = m_picture->time;
    const bool hasEnded = m_ended;
    open(request, m_playing);
    m_isReplacing = m_picture != nullptr;
    m_ended = hasEnded;
}

void PlayerEngine::setNext(std::optional<ClipRequest> next)
{
    m_decoder->mailbox().setNext(std::move(next));
}

void PlayerEngine::close()
{
    open({}, false);
    m_picture.reset();
}

void PlayerEngine::submit(DecodeRequest request)
{
    m_target = request.kind == DecodeRequest::Kind::Open ? request.clip.start : request.time;
    m_keyAwaited = request.kind == DecodeRequest::Kind::Open || request.kind == DecodeRequest::Kind::Seek;
    m_loading = true;
    m_steady = true;
    m_timer.stop();
    m_clock.run(false);
    m_decoder->mailbox().submit(std::move(request));
}

void PlayerEngine::play()
{
    if (m_playing)
        return;
    if (m_ended && m_picture && !m_info.isStill)
        seek(0, SeekKind::Exact);
    setPlaying(true);
    // After steps, decoder and audio are elsewhere.
    if (!m_loading && (!m_steady || wantsSound()))
        resumeInPlace();
    advance();
}

void PlayerEngine::pause()
{
    setPlaying(false);
    advance();
}

void PlayerEngine::resumeInPlace()
{
    if (m_picture && !m_info.isStill)
        seek(m_outside != nullptr ? now() : m_picture->time, SeekKind::Quiet);
}

void PlayerEngine::setPlaying(bool on)
{
    m_clock.run(on && !m_loading);
    if (m_playing == on)
        return;
    m_playing = on;
    updateSound();
    Q_EMIT playingChanged(on);
}

bool PlayerEngine::wantsSound() const
{
    return m_device != nullptr && m_outside == nullptr && m_info.hasSound && std::abs(rate() - 1.0) < 0.01;
}

void PlayerEngine::updateSound()
{
    const bool on = m_device != nullptr && m_outside == nullptr && std::abs(rate() - 1.0) < 0.01;
    m_decoder->mailbox().change([on](DecoderSettings &settings) { settings.sound = on; });
    if (m_device == nullptr)
        return;
    if (on && m_playing)
        m_device->start();
    else
        m_device->stop();
}

void PlayerEngine::seek(qint64 time, SeekKind kind)
{
    const DecodeRequest next{
        .kind = DecodeRequest::Kind::Seek, .time = std::max<qint64>(0, time), .seek = kind};
    // The latest request wins, but a keyframe in progress is let through: otherwise a drag over frames that
    // decode more slowly than the hand moves would show nothing.
    if (kind == SeekKind::Scrub && m_keyAwaited && m_loading) {
        m_later = next;
        return;
    }
    m_ended = false;
    m_later.reset();
    m_stepsLater = 0;
    submit(next);
}

void PlayerEngine::step(int direction)
{
    pause();
    if (!m_picture || m_info.isStill)
        return;
    if (m_loading) {
        m_stepsLater = std::clamp(m_stepsLater + direction, -kMaxQueuedSteps, kMaxQueuedSteps);
        return;
    }
    if (direction > 0 && m_steady && rate() <= 2.0) {
        const auto ready = m_decoder->mailbox().front();
        if (ready && ready->kind == DecodeResult::Kind::Picture) {
            m_decoder->mailbox().pop();
            show(*ready);
            return;
        }
    }
    m_ended = false;
    submit({.kind = direction > 0 ? DecodeRequest::Kind::StepForward : DecodeRequest::Kind::StepBack,
            .time = m_picture->time});
}

void PlayerEngine::setRate(double rate)
{
    rate = std::clamp(rate, 0.25, 16.0);
    const double before = m_clock.rate();
    if (before == rate)
        return;
    const bool hadSound = wantsSound();
    m_clock.setRate(rate);
    m_decoder->mailbox().change([rate](DecoderSettings &settings) { settings.rate = rate; });
    updateSound();
    // Frames or audio that were skipped at the old rate are fetched from here.
    const bool leftOut = before > 2.0 && rate < before;
    if (m_picture && !m_loading && !m_ended &&
        (leftOut || rate > Decoder::kKeysOnlyAbove || hadSound != wantsSound()))
        resumeInPlace();
    Q_EMIT rateChanged(rate);
}

void PlayerEngine::setTile(TileSize tile)
{
    bool isNew = false;
    m_decoder->mailbox().change([&](DecoderSettings &settings) {
        isNew = !(settings.tile == tile);
        settings.tile = tile;
    });
    // During playback, later frames adapt by themselves; a paused one is decoded again if that shows more
    // detail.
    const bool wasReduced = m_picture && m_picture->width < m_picture->fullWidth;
    if (isNew && wasReduced && !m_playing && !m_loading && tile.width > m_picture->width) {
        if (m_info.isStill || !m_ended)
            seek(m_picture->time, SeekKind::Quiet);
    }
}

// Takes everything due from the mailbox and sleeps until the next frame is due.
void PlayerEngine::advance()
{
    m_timer.stop();
    while (const auto result = m_decoder->mailbox().front()) {
        if (!take(*result))
            return;
    }
}

bool PlayerEngine::take(const DecodeResult &result)
{
    DecoderMailbox &mailbox = m_decoder->mailbox();
    switch (result.kind) {
    case DecodeResult::Kind::Opened:
        mailbox.pop();
        m_token = result.token;
        m_info = result.info;
        m_ended = m_ended && m_isReplacing;
        Q_EMIT opened(result.token, result.info);
        return true;
    case DecodeResult::Kind::Failed:
        stopWithout(result);
        Q_EMIT failed(result.token, result.error);
        return true;
    case DecodeResult::Kind::Withheld:
        stopWithout(result);
        Q_EMIT withheld(result.token);
        return true;
    case DecodeResult::Kind::End:
        if (!m_playing && !m_loading && !m_info.isStill && result.runsOn)
            return false; // paused on the last frame: the next clip waits
        mailbox.pop();
        m_loading = false;
        m_keyAwaited = false;
        m_ended = true;
        return end(result);
    case DecodeResult::Kind::Picture:
        break;
    }
    if (!result.isWanted && !isDue(result))
        return false;
    if (m_outside != nullptr && m_playing && !result.isWanted && now() - result.runTime > kMaxBehind) {
        catchUp(SeekKind::Quiet);
        return false;
    }
    mailbox.pop();
    if (result.isWanted || !isOvertaken())
        show(result);
    return true;
}

bool PlayerEngine::end(const DecodeResult &result)
{
    // The next clip may have become known after the decoder passed the end.
    std::optional<ClipRequest> late;
    if (m_playing && !result.runsOn && !m_info.isStill)
        late = m_decoder->mailbox().takeNext();
    if (!result.runsOn && !late)
        setPlaying(false);
    Q_EMIT ended(result.token, result.isDamaged);
    if (late)
        open(*late, true);
    return true;
}

// There is no frame of this clip, and there will be none.
void PlayerEngine::stopWithout(const DecodeResult &result)
{
    m_decoder->mailbox().pop();
    m_token = result.token;
    m_loading = false;
    m_keyAwaited = false;
    m_picture.reset();
    setPlaying(false);
}

bool PlayerEngine::isDue(const DecodeResult &result)
{
    if (!m_playing || m_loading)
        return false;
    if (m_outside != nullptr) {
        // It waits for nobody.
    } else if (const auto heard = m_device != nullptr ? m_device->heard() : std::nullopt) {
        if (std::abs(*heard - now()) > kSoundDrift)
            m_clock.set(*heard);
    } else if (now() - result.runTime > kMaxLateness) {
        m_clock.set(result.runTime);
    }
    const qint64 early = result.runTime - now();
    if (early <= kEarly)
        return true;
    m_timer.start(int(std::ceil(double(early) / 1000.0 / rate())));
    return false;
}

// Whether the picture after the one just taken is due as well, by a clock that waits for nobody.
bool PlayerEngine::isOvertaken() const
{
    if (m_outside == nullptr)
        return false;
    const auto next = m_decoder->mailbox().front();
    return next && next->kind == DecodeResult::Kind::Picture && next->runTime - now() <= kEarly;
}

void PlayerEngine::show(const DecodeResult &result)
{
    const bool isStandIn = m_isReplacing && result.isWanted && !result.isExact;
    if (!isStandIn) {
        m_isReplacing = false;
        m_picture = result.picture;
    }
    if (result.isWanted) {
        m_keyAwaited = false;
        m_steady = result.inTurn;
        m_clock.set(result.runTime);
        if (result.isExact) {
            m_loading = false;
            m_clock.run(m_playing);
        }
    } else if (!m_playing) {
        m_clock.set(result.runTime);
    }
    if (!isStandIn)
        Q_EMIT shown(result.token, m_picture);
    if (result.isWanted && m_later) {
        const DecodeRequest later = *std::exchange(m_later, std::nullopt);
        submit(later);
    } else if (result.isWanted && result.isExact && m_stepsLater != 0) {
        const int direction = m_stepsLater > 0 ? 1 : -1;
        m_stepsLater -= direction;
        step(direction);
    }
}

} // namespace gatehouse::media
