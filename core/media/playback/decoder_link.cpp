#include "media/playback/decoder_link.h"

#include "base/messages.h"
#include "media/worker/process_state.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

Q_LOGGING_CATEGORY(lcLink, "gatehouse.media")

constexpr int kWatchMs = 250;
constexpr qint64 kIdleCpuMs = 2;         // of a waiting decoder, between two checks
constexpr qint64 kSupersededCpuMs = 500; // for an obsolete step
constexpr qint64 kSupersededMs = 3'000;  // and without using the CPU
constexpr qint64 kOverdueMs = 2'000;     // a reply, when another clip is requested
constexpr size_t kMaxDelivered = 64;     // far more than fits into the mailbox
constexpr int kMaxReadAtOnce = 64;
constexpr int kMaxPerSecond = 1'000; // results: more would leave the window no time for anything else

} // namespace

DecoderLink::DecoderLink(DecoderProgram program, SoundQueue &sound, const QString &markFile, QObject *parent)
    : Decoder(parent), m_program(std::move(program)), m_sound(sound), m_mark(markFile),
      m_wakeFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_buffer(qsizetype(kMaxReportBytes), '\0')
{
    m_mailbox.setWaker([this] { ::eventfd_write(m_wakeFd, 1); });
}

DecoderLink::~DecoderLink()
{
    end();
    ::close(m_wakeFd);
}

void DecoderLink::run()
{
    m_mark.read();
    startChild(); // so that the first clip need not wait for it
    m_sinceWatch.start();
    m_sinceCount.start();
    for (;;) {
        pollfd ends[] = {{m_wakeFd, POLLIN, 0}, {m_child ? m_child->socket() : -1, POLLIN, 0}};
        ::poll(ends, 2, m_child && m_isWatched ? kWatchMs : -1);
        if (ends[0].revents != 0) {
            eventfd_t ignored = 0;
            ::eventfd_read(m_wakeFd, &ignored);
            if (!collect())
                break;
        }
        if (ends[1].revents != 0 && m_child && ends[1].fd == m_child->socket() && !read())
            lose();
        if (m_child && m_isWatched && m_sinceWatch.elapsed() >= kWatchMs)
            watch();
    }
    m_child.reset();
    m_mark.closed();
}

bool DecoderLink::startChild()
{
    m_child = DecoderChild::start(m_program.program, m_program.arguments);
    m_steps = 0;
    m_isOpenSent = false; // it knows no earlier clip
    m_sinceLife.start();
    m_cpuAtStep = m_cpuAtAnswer = m_cpuBefore = 0;
    // Before it has read its first command, and so before it has any other threads.
    if (m_child && m_program.niceness > 0)
        ::setpriority(PRIO_PROCESS, id_t(m_child->process()), m_program.niceness);
    if (m_child)
        sendSettings();
    return m_child != nullptr;
}

bool DecoderLink::collect()
{
    const DecoderMailbox::Orders orders = m_mailbox.collect();
    if (orders.quit)
        return false;
    if (orders.settings) {
        m_settings = *orders.settings;
        sendSettings();
    }
    if (orders.next)
        m_next = *orders.next;
    if (orders.request.kind != DecodeRequest::Kind::None)
        follow(orders.request, orders.serial);
    if (orders.next)
        handOverNext();
    if (orders.popped > m_popped) {
        m_popped = orders.popped;
        if (std::exchange(m_isUnpainted, false))
            m_mark.opened();
        send({.kind = DecoderCommand::Kind::Popped,
              .serial = m_serial,
              .popped = m_popped,
              .soundStart = m_sound.start()});
    }
    return true;
}

void DecoderLink::follow(const DecodeRequest &request, qint64 serial)
{
    const bool isOverdue = m_isAwaited && m_sinceRequest.isValid() && m_sinceRequest.elapsed() > kOverdueMs;
    m_sinceRequest.start();
    if (!m_isAwaited)
        m_sinceLife.start();
    // It may hang on the previous clip without using the CPU.
    if (request.kind == DecodeRequest::Kind::Open && isOverdue)
        m_child.reset();
    m_serial = serial;
    m_popped = 0;
    m_isDeaf = false;
    m_isAwaited = true;
    m_isOpenSent = false;
    m_cpuAtAnswer = m_child ? m_child->cpuMs() : 0;
    if (request.kind == DecodeRequest::Kind::Open) {
        m_request = request.clip;
        return open(request.clip);
    }
    // The clip killed its decoder: a seek within it is a reason to try again.
    if (!m_child && request.kind == DecodeRequest::Kind::Seek && m_request.token != 0) {
        m_request.start = request.time;
        open(m_request);
        return handOverNext();
    }
    send({.kind = DecoderCommand::Kind::Request,
          .request = request.kind,
          .seek = request.seek,
          .serial = serial,
          .time = request.time});
}

void DecoderLink::open(const ClipRequest &clip)
{
    const bool isBusy = m_token.has_value();
    m_mark.closed();
    m_isUnpainted = false;
    m_token = clip.token;
    const auto giveUp = [&](DecodeResult result) {
        // The decoder closes its current clip.
        send({.kind = DecoderCommand::Kind::Request,
              .request = DecodeRequest::Kind::Open,
              .serial = m_serial});
        give(std::move(result));
        m_token.reset();
        m_isDeaf = true;
        m_isAwaited = false;
    };
    if (clip.consent == Consent::Needed || (clip.consent == Consent::Assumed && m_mark.holds(clip.token)))
        return giveUp({.kind = DecodeResult::Kind::Withheld, .token = clip.token});
    auto source = Source::open(clip.path);
    if (!source)
        return giveUp({.kind = DecodeResult::Kind::Failed, .token = clip.token, .error = source.error()});
    if (m_child) {
        (void)hasStepped(m_child->cpuMs()); // steps before this say nothing about this clip
        m_isOpenSent = isBusy;
        m_hasSteppedSinceOpen = false;
    } else if (!startChild()) {
        return giveUp({.kind = DecodeResult::Kind::Failed,
                       .token = clip.token,
                       .error = {ErrorKind::Internal, Messages::tr("The decoder can't be started."), {}}});
    }
    m_mark.opening(clip.token);
    send({.kind = DecoderCommand::Kind::Request,
          .request = DecodeRequest::Kind::Open,
          .consent = Consent::Given,
          .serial = m_serial,
          .token = clip.token,
          .time = clip.start,
          .length = clip.length},
         source->get());
}

void DecoderLink::handOverNext()
{
    m_hasNextError = false;
    if (!m_next)
        return send({.kind = DecoderCommand::Kind::NoNext});
    DecoderCommand command{.kind = DecoderCommand::Kind::Next,
                           .consent = Consent::Given,
                           .token = m_next->token,
                           .time = m_next->start,
                           .length = m_next->length};
    if (m_next->consent == Consent::Needed ||
        (m_next->consent == Consent::Assumed && m_mark.holds(m_next->token))) {
        command.consent = Consent::Needed;
        return send(command);
    }
    auto source = Source::open(m_next->path);
    if (!source) {
        m_hasNextError = true;
        m_nextError = source.error();
        return send(command);
    }
    send(command, source->get());
}

void DecoderLink::sendSettings()
{
    send({.kind = DecoderCommand::Kind::Settings,
          .rate = m_settings.rate,
          .tile = m_settings.tile,
          .sound = m_settings.sound});
}

void DecoderLink::send(const DecoderCommand &command, const Source *file)
{
    if (!m_child)
        return;
    m_isWatched = true;
    DecoderCommand sent = command;
    if (file != nullptr) {
        const QByteArray extension =
            QFileInfo(file->path()).suffix().toLatin1().left(qsizetype(sent.extension.size()));
        std::copy(extension.begin(), extension.end(), sent.extension.begin());
    }
    if (sendCommand(m_child->socket(), sent, file != nullptr ? file->descriptor() : -1))
        return;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        fail(Messages::tr("The decoder does not respond."), ErrorKind::Internal);
    else
        lose();
}

bool DecoderLink::read()
{
    for (int i = 0; i < kMaxReadAtOnce; ++i) {
        const ssize_t got =
            ::recv(m_child->socket(), m_buffer.data(), size_t(m_buffer.size()), MSG_DONTWAIT | MSG_TRUNC);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < ssize_t(sizeof(DecoderReport)) || got > m_buffer.size())
            return false;
        DecoderReport report;
        std::memcpy(&report, m_buffer.constData(), sizeof(report));
        m_isWatched = true;
        if (!take(report, QByteArrayView(m_buffer).sliced(sizeof(report), got - ssize_t(sizeof(report)))))
            return false;
    }
    return true;
}

bool DecoderLink::take(const DecoderReport &report, QByteArrayView rest)
{
    switch (report.kind) {
    case DecoderReport::Kind::SoundRestart:
        if (!isCountable(report.runTime))
            return false;
        m_sound.restart(report.runTime);
        return true;
    case DecoderReport::Kind::Sound: {
        if (!isCountable(report.runTime) || rest.size() % SoundQueue::kFrameBytes != 0)
            return false;
        if (rest.isEmpty())
            return true;
        std::vector<int16_t> samples(size_t(rest.size()) / sizeof(int16_t));
        std::memcpy(samples.data(), rest.data(), size_t(rest.size()));
        m_sound.push(samples.data(), int(rest.size() / SoundQueue::kFrameBytes), report.runTime);
        return true;
    }
    case DecoderReport::Kind::Result:
        break;
    default:
        return false;
    }
    if (m_sinceCount.elapsed() > 1'000) {
        m_sinceCount.start();
        m_counted = 0;
    }
    auto result = resultOf(report, rest, m_child->ring());
    if (!result || ++m_counted > kMaxPerSecond)
        return false;
    takeResult(std::move(*result), report.serial);
    return m_mailbox.ready() < kMaxDelivered;
}

void DecoderLink::takeResult(DecodeResult result, qint64 serial)
{
    if (m_isDeaf || serial != m_serial)
        return;
    m_isOpenSent = false;
    m_sinceLife.start();
    m_cpuAtAnswer = m_child->cpuMs();
    const bool isNext = m_next && result.token == m_next->token && result.token != m_token;
    switch (result.kind) {
    case DecodeResult::Kind::Opened:
        if (isNext) {
            m_mark.opening(result.token);
            m_token = result.token;
            m_request = *m_next;
            m_next.reset();
        }
        break;
    case DecodeResult::Kind::Picture:
        m_isUnpainted = true;
        if (result.isWanted && result.isExact)
            m_isAwaited = false;
        break;
    case DecodeResult::Kind::End:
        m_isAwaited = false;
        if (result.runsOn)
            (void)m_mailbox.takeNext(); // the decoder has it already
        break;
    case DecodeResult::Kind::Failed:
        if (isNext && m_hasNextError)
            result.error = m_nextError;
        [[fallthrough]];
    case DecodeResult::Kind::Withheld:
        if (!isNext)
            m_mark.opened(); // it crashed nothing
        m_isAwaited = false;
        m_token.reset();
        break;
    }
    give(std::move(result));
}

void DecoderLink::give(DecodeResult result)
{
    if (m_mailbox.deliver(std::move(result), m_serial))
        Q_EMIT delivered();
}

// Since the last call.
bool DecoderLink::hasStepped(qint64 cpu)
{
    const quint64 steps = m_child->ring().steps().load(std::memory_order_relaxed);
    if (std::exchange(m_steps, steps) == steps)
        return false;
    m_cpuAtStep = cpu;
    m_sinceLife.start();
    return true;
}

// While a clip waits to be opened: the previous one holds the decoder up. A step since then may still have
// been of the previous clip, so that a decoder which has fallen silent is replaced all the same.
bool DecoderLink::isObsoleteStepStuck(qint64 cpu) const
{
    const bool isOverdue = m_sinceRequest.elapsed() > kSupersededMs;
    if (!m_hasSteppedSinceOpen)
        return isOverdue || cpu - m_cpuAtAnswer > kSupersededCpuMs;
    return isOverdue && m_sinceLife.elapsed() > kSupersededMs && !isAnyThreadRunnable(m_child->process());
}

// Catches a decoder that uses the CPU without progress, or does nothing at all. One that waits for the disk
// is left alone, unless another clip waits for it.
void DecoderLink::watch()
{
    m_sinceWatch.start();
    const qint64 cpu = m_child->cpuMs();
    if (hasStepped(cpu))
        m_hasSteppedSinceOpen = true;
    if (m_isOpenSent && isObsoleteStepStuck(cpu)) {
        m_child.reset();
        open(m_request);
        return handOverNext();
    }
    const bool isHanging =
        m_isAwaited && m_sinceLife.elapsed() > m_program.hangMs && !isAnyThreadRunnable(m_child->process());
    if (isHanging || cpu - m_cpuAtStep > m_program.stuckCpuMs ||
        (m_isAwaited && cpu - m_cpuAtAnswer > m_program.quietCpuMs))
        return fail(Messages::tr("Decoding takes too long."), ErrorKind::Corrupt);
    const bool isIdle = cpu - std::exchange(m_cpuBefore, cpu) <= kIdleCpuMs;
    m_isWatched = m_isAwaited || m_isOpenSent || !isIdle;
}

// An internal failure must not be reported as a damaged recording.
void DecoderLink::lose()
{
    if (m_child->hasEndedByOthers())
        fail(Messages::tr("The decoder was killed or can't be started."), ErrorKind::Internal);
    else
        fail(Messages::tr("The file is damaged and crashed the decoder."), ErrorKind::Corrupt);
}

void DecoderLink::fail(const QString &text, ErrorKind kind)
{
    qCWarning(lcLink, "the decoder was killed or died: %s", qPrintable(text));
    m_child.reset();
    m_isOpenSent = false;
    m_isAwaited = false;
    m_isUnpainted = false;
    m_mark.opened(); // the window survived
    if (const auto token = std::exchange(m_token, std::nullopt))
        give({.kind = DecodeResult::Kind::Failed, .token = *token, .error = {kind, text, {}}});
}

} // namespace gatehouse::media
