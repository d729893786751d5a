#include "models/frame_preview.h"

#include "base/when_done.h"

namespace gatehouse::models
{

namespace
{

constexpr int kPreviewNiceness = 10;

} // namespace

FramePreview::FramePreview(const Services &services, QObject *parent, int idleMs)
    : QObject(parent), m_reader(services.reader), m_options{QString(), services.player.decoder}
{
    m_options.decoder.niceness = kPreviewNiceness;
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleMs);
    connect(&m_rest, &QTimer::timeout, this, &FramePreview::look);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (isDecoding())
            return m_idle.start();
        m_engine.reset();
        m_open = {};
    });
}

FramePreview::~FramePreview() = default;

void FramePreview::request(ItemId item, qint64 time, QSize size)
{
    if (item == m_item && time == m_time && size == m_size)
        return;
    stop();
    if (item != m_item)
        m_found.reset();
    m_item = item;
    m_time = time;
    m_size = size;
    m_rest.start();
}

void FramePreview::cancel()
{
    stop();
    m_item = {};
    m_found.reset();
    m_shown = {};
    m_frame = {};
}

bool FramePreview::isDecoding() const
{
    return m_engine && m_open.isValid() && !m_engine->isSettled();
}

// A decoder that is still busy with an earlier moment gives up.
void FramePreview::stop()
{
    ++m_question;
    m_rest.stop();
    if (isDecoding()) {
        m_engine->close();
        m_open = {};
    }
}

void FramePreview::look()
{
    if (m_item == m_failed)
        return;
    if (m_found)
        return decode(*m_found);
    const auto asked = m_reader.ask([item = m_item](catalog::Reader &reader) { return reader.item(item); });
    whenDone(asked, this, [this, question = m_question](const Result<std::optional<catalog::Item>> &found) {
        if (question != m_question || !found || !*found)
            return;
        m_found = *found;
        decode(*m_found);
    });
}

void FramePreview::decode(const catalog::Item &item)
{
    if (item.kind != Kind::Clip || item.state != ItemState::Ok)
        return;
    if (!m_engine)
        startEngine();
    m_idle.start();
    m_engine->setTile({m_size.width(), m_size.height()});
    const qint64 start = std::max<qint64>(0, m_time - item.captured) * 1'000;
    if (m_open == item.id)
        return m_engine->seek(start, media::SeekKind::Quiet);
    m_open = item.id;
    m_engine->open({.token = item.id.value,
                    .path = item.path,
                    .start = start,
                    .length = item.durationKnown ? item.duration * 1'000 : 0},
                   false);
}

void FramePreview::startEngine()
{
    m_engine = std::make_unique<media::PlayerEngine>(m_options);
    connect(m_engine.get(), &media::PlayerEngine::shown, this, &FramePreview::take);
    connect(m_engine.get(), &media::PlayerEngine::failed, this, [this](qint64 token, const Error &) {
        if (token != m_open.value)
            return;
        m_failed = std::exchange(m_open, {});
    });
}

// The decoder's memory is lent and goes back; this frame stays.
void FramePreview::take(qint64 token, const media::PicturePtr &picture)
{
    if (token != m_item.value || !m_engine->isSettled() || !picture)
        return; // the keyframe before the moment
    m_frame =
        QImage(picture->bytes.data(), picture->width, picture->height, picture->stride, QImage::Format_RGB32)
            .copy();
    m_shown = m_item;
    Q_EMIT shown(m_item);
}

} // namespace gatehouse::models
