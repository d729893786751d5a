#include "media/playback/decoder_thread.h"

namespace gatehouse::media
{

namespace
{

constexpr std::chrono::milliseconds kScrubRest{120};
constexpr double kThinAbove = 2.0;        // above this rate, frames that nobody could see are not scaled
constexpr qint64 kShownInterval = 15'000; // microseconds of real time between two of them
constexpr qint64 kSoundAhead = 400'000;

} // namespace

DecoderThread::DecoderThread(SoundSink &sound, const QString &markFile, QObject *parent)
    : Decoder(parent), m_sound(sound), m_mark(markFile)
{
}

DecoderThread::~DecoderThread()
{
    end();
}

void DecoderThread::run()
{
    m_mark.read();
    while (true) {
        const bool canDecode = m_clip && m_inTurn && !m_scrubFrom;
        const auto work =
            m_mailbox.await(canDecode, m_scrubFrom ? DecoderMailbox::Deadline(m_scrubRest) : std::nullopt);
        if (work.quit)
            break;
        apply(work.settings);
        switch (work.request.kind) {
        case DecodeRequest::Kind::Open:
            open(work.request.clip);
            break;
        case DecodeRequest::Kind::Seek:
            seek(work.request.time, work.request.seek);
            break;
        case DecodeRequest::Kind::StepForward:
            stepForward(work.request.time);
            break;
        case DecodeRequest::Kind::StepBack:
            stepBack(work.request.time);
            break;
        case DecodeRequest::Kind::None:
            if (m_scrubFrom)
                finishScrub();
            else
                decodeOne();
            break;
        }
    }
    m_clip.reset();
    m_mark.closed();
}

void DecoderThread::apply(const DecoderSettings &settings)
{
    if (!(settings.tile == m_settings.tile)) {
        m_maker.setTile(settings.tile);
        m_cache.clear();
    }
    m_settings = settings;
    if (m_clip) {
        m_clip->setKeysOnly(settings.rate > kKeysOnlyAbove);
        m_clip->setSound(settings.sound ? &m_sound : nullptr, m_runBase);
    }
}

// False: could not be opened, or not without consent; the player has been notified.
bool DecoderThread::load(const ClipRequest &request)
{
    m_clip.reset();
    m_mark.closed();
    m_cache.clear();
    m_scrubFrom.reset();
    m_inTurn = false;
    m_token = request.token;
    if (request.consent == Consent::Needed ||
        (request.consent == Consent::Assumed && m_mark.holds(request.token))) {
        give({.kind = DecodeResult::Kind::Withheld, .token = m_token});
        return false;
    }
    if (!request.path.isEmpty())
        m_mark.opening(request.token);
    const auto interrupted = [this] { return m_mailbox.isInterrupted(); };
    auto clip = request.source ? ClipDecoder::open(request.source->again(), interrupted, request.length)
                               : ClipDecoder::open(request.path, interrupted, request.length);
    if (!clip) {
        if (clip.error().kind != ErrorKind::Cancelled) {
            m_mark.opened(); // it crashed nothing
            give({.kind = DecodeResult::Kind::Failed, .token = m_token, .error = clip.error()});
        }
        return false;
    }
    m_clip = std::move(*clip);
    apply(m_settings);
    give({.kind = DecodeResult::Kind::Opened, .token = m_token, .info = m_clip->info()});
    return true;
}

void DecoderThread::open(const ClipRequest &request)
{
    m_runBase = 0;
    if (!load(request))
        return;
    if (request.start > 0)
        return seek(request.start, SeekKind::Exact);
    m_sound.restart(m_runBase);
    if (const auto frame = m_clip->next())
        giveWanted(*frame, true);
}

void DecoderThread::seek(qint64 time, SeekKind kind)
{
    if (!m_clip)
        return;
    m_inTurn = false;
    m_scrubFrom.reset();
    m_clip->setKeysOnly(false);
    m_sound.restart(m_runBase + time); // drops what lies between the keyframe and the exact frame
    auto key = m_clip->keyAt(time);
    if (!key)
        return giveNone();
    if (kind != SeekKind::Quiet)
        giveWanted(*key, false);
    m_scrubFrom = std::move(key);
    m_scrubTime = time;
    m_scrubRest = std::chrono::steady_clock::now() + kScrubRest;
    if (kind != SeekKind::Scrub)
        finishScrub();
}

void DecoderThread::finishScrub()
{
    const auto frame = m_clip->forwardTo(m_scrubTime, *std::exchange(m_scrubFrom, std::nullopt));
    m_clip->setKeysOnly(m_settings.rate > kKeysOnlyAbove);
    if (frame)
        giveWanted(*frame, true);
}

void DecoderThread::stepForward(qint64 from)
{
    if (!m_clip)
        return;
    m_inTurn = false;
    if (const PicturePtr cached = m_cache.after(from)) {
        giveCached(cached);
        return;
    }
    m_clip->setKeysOnly(false);
    m_clip->setSound(nullptr, 0);
    if (!m_clip->frameAt(from))
        return giveNone();
    if (const auto frame = m_clip->next())
        giveWanted(*frame, true);
    else if (m_clip->atEnd())
        give({.kind = DecodeResult::Kind::End, .token = m_token});
}

void DecoderThread::stepBack(qint64 from)
{
    if (!m_clip)
        return;
    m_inTurn = false;
    PicturePtr earlier = m_cache.before(from);
    if (!earlier) {
        m_cache.clear();
        m_clip->setKeysOnly(false);
        m_clip->setSound(nullptr, 0);
        // A millisecond earlier is inside the previous frame at the latest.
        for (auto frame = m_clip->keyAt(std::max<qint64>(0, from - 1'000)); frame; frame = m_clip->next()) {
            if (const PicturePtr picture = pictureOf(*frame))
                m_cache.append(picture);
            if (frame->time >= from)
                break;
        }
        earlier = m_cache.before(from);
    }
    if (!earlier && !m_mailbox.isInterrupted())
        earlier = m_cache.first(); // nothing precedes the clip's first frame
    if (earlier)
        giveCached(earlier);
    else
        giveNone();
}

void DecoderThread::decodeOne()
{
    const auto frame = m_clip->next();
    if (!frame) {
        if (m_clip->atEnd())
            runOn();
        return;
    }
    m_lastStep = std::max<qint64>(1'000, frame->time - m_lastTime);
    m_lastTime = frame->time;
    const bool isSeen = m_settings.rate <= kThinAbove ||
                        frame->time - m_lastGiven >= qint64(double(kShownInterval) * m_settings.rate);
    if (isSeen) {
        m_lastGiven = frame->time;
        if (const PicturePtr picture = pictureOf(*frame))
            give({.token = m_token, .picture = picture, .runTime = m_runBase + frame->time});
    }
    if (m_settings.sound && !m_mailbox.hasRoom())
        m_clip->readAheadForSound(kSoundAhead);
}

// At the end: continues with the next clip, if it is already known.
void DecoderThread::runOn()
{
    m_inTurn = false;
    const bool isDamaged = m_clip->damagedPackets() > 0 || m_clip->failure() != 0;
    const auto next = m_clip->info().isStill ? std::nullopt : m_mailbox.takeNext();
    give({.kind = DecodeResult::Kind::End,
          .token = m_token,
          .isDamaged = isDamaged,
          .runsOn = next.has_value()});
    if (!next)
        return;
    m_runBase += m_lastTime + m_lastStep;
    if (!load(*next))
        return;
    m_lastTime = 0;
    m_lastGiven = -kShownInterval * 1'000;
    m_inTurn = true;
}

void DecoderThread::giveWanted(const DecodedFrame &frame, bool isExact)
{
    const PicturePtr picture = pictureOf(frame);
    m_lastTime = frame.time;
    m_lastGiven = frame.time;
    m_inTurn = isExact;
    if (isExact)
        m_cache.clear();
    if (picture)
        give({.token = m_token,
              .picture = picture,
              .runTime = m_runBase + frame.time,
              .isWanted = true,
              .isExact = isExact});
    else if (isExact)
        giveNone();
}

// Reports that the awaited frame does not exist.
void DecoderThread::giveNone()
{
    if (!m_mailbox.isInterrupted())
        give({.kind = DecodeResult::Kind::End, .token = m_token, .isDamaged = true});
}

void DecoderThread::giveCached(const PicturePtr &picture)
{
    give({.token = m_token,
          .picture = picture,
          .runTime = m_runBase + picture->time,
          .isWanted = true,
          .inTurn = false});
}

void DecoderThread::give(DecodeResult result)
{
    if (result.picture)
        m_mark.opened();
    if (m_mailbox.deliver(std::move(result)))
        Q_EMIT delivered();
}

PicturePtr DecoderThread::pictureOf(const DecodedFrame &frame)
{
    return m_maker.make(*frame.frame, m_clip->orientation(), frame.time);
}

} // namespace gatehouse::media
