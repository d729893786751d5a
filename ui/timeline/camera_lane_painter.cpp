#include "timeline/camera_lane_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

using widgets::mixed;

constexpr double kGroundShare = 0.30;     // of the category's colour in a block's background
constexpr double kContinuousShare = 0.55; // of motion where a schedule records
constexpr double kFootShare = 0.38;       // height of the full colour at the bottom of a block
constexpr int kMaxRoundedBlocks = 600;    // blocks per lane: with more of them, rounding is invisible
constexpr int kMaxFrames = 200;
constexpr int kMotionBar = 2; // px
constexpr int kMinMotionWidth = 3 * kMotionBar;
constexpr qint64 kMotionStepMs = 250; // the last frame that was compared is this far from the end
constexpr double kFullMotion = 0.5;   // a quarter of the picture: its level is a square root
constexpr double kCoarseHour = 60;    // px per hour up to which its count stands in for items still loading
constexpr int kHatchStep = 7;         // px at every zoom
constexpr double kHatchReach = 0.71;  // half a stripe of 1 px, measured along a row
constexpr int kChipPad = 6;
constexpr int kMinReason = 80;              // px: no text fits into less
constexpr int kChipRoom = 2;                // times its width: the stripes must remain visible
constexpr qint64 kMaxBarMs = 8 * 3'600'000; // a day with this much recorded is a full bar

QString reasonText(const DeletedGap &gap)
{
    return QCoreApplication::translate("CameraLanePainter", "Deleted: %1").arg(gap.reason());
}

// share: of `top`, 0 to 256. For many single pixels, because mixed() is slow.
QRgb blended(QRgb top, QRgb ground, int share)
{
    const auto channel = [share](int over, int under) { return under + (over - under) * share / 256; };
    return qRgb(channel(qRed(top), qRed(ground)), channel(qGreen(top), qGreen(ground)),
                channel(qBlue(top), qBlue(ground)));
}

// A recording split into files is one recording.
void joinTouching(QVector<Block> &blocks)
{
    QVector<Block> joined;
    for (const Block &block : std::as_const(blocks)) {
        const bool goesOn = !joined.isEmpty() && !block.troubled && !joined.last().troubled &&
                            block.left <= joined.last().right && block.right >= joined.last().left;
        if (!goesOn) {
            joined.append(block);
            continue;
        }
        joined.last().left = std::min(joined.last().left, block.left);
        joined.last().right = std::max(joined.last().right, block.right);
    }
    blocks = joined;
}

} // namespace

CameraLanePainter::CameraLanePainter(const RecordingCache &recordings, CameraId camera,
                                     const LaneCanvas &canvas)
    : m_recordings(recordings), m_camera(camera), m_canvas(canvas), m_device(canvas.deviceScale),
      m_theme(canvas.theme), m_top(device(canvas.top + LaneInsets::kTop)),
      m_bottom(device(canvas.top + canvas.height - LaneInsets::kBottom)), m_taken(size_t(m_device.width), 0),
      m_owner(size_t(m_device.width), 0)
{
    for (const ClipCategory category : {ClipCategory::Continuous, ClipCategory::Motion, ClipCategory::Sound,
                                        ClipCategory::Vehicle, ClipCategory::Person}) {
        const QColor colour = colourOf(category);
        m_shades[size_t(category)] = {mixed(colour, m_theme.surface, kGroundShare).rgb(), colour.rgb()};
    }
}

bool CameraLanePainter::isFramed(const Block &block)
{
    return block.troubled && block.item >= 0;
}

QColor CameraLanePainter::colourOf(ClipCategory category) const
{
    switch (category) {
    case ClipCategory::Person:
        return m_theme.person;
    case ClipCategory::Vehicle:
        return m_theme.vehicle;
    case ClipCategory::Sound:
        return m_theme.sound;
    case ClipCategory::Continuous:
        return mixed(m_theme.motion, m_theme.surface, kContinuousShare);
    case ClipCategory::Motion:
        break;
    }
    return m_theme.motion;
}

void CameraLanePainter::paint()
{
    const Detail detail = detailFor(m_canvas.scale.span());
    const QVector<DeletedGap> gaps =
        deletedGaps(m_recordings, m_camera, detail, m_device, device(DeletedGap::kMinWidth));
    for (const DeletedGap &gap : gaps) {
        for (const DeletedGap::Run &run : gap.hatched)
            paintHatch(run.left, run.right);
    }
    // Existing recordings are painted over deleted ones.
    if (detail == Detail::Items)
        paintItems();
    else
        paintBars(m_recordings.bars(detail, m_camera, m_canvas.scale.range()));
    for (const DeletedGap &gap : gaps)
        paintReason(gap);
}

void CameraLanePainter::paintItems()
{
    const TimeRange view = m_canvas.scale.range();
    const auto dayOf = [](qint64 t) { return qint64(std::floor(double(t) / double(kChunkMs))); };
    // A clip that started yesterday may extend into the view.
    QVector<std::shared_ptr<const TimelineChunk>> chunks;
    QVector<CountBar> coming;
    for (qint64 day = dayOf(view.start) - 1; day <= dayOf(view.end); ++day) {
        if (const auto chunk = m_recordings.chunk(m_camera, day))
            chunks.append(chunk);
        else if (day >= dayOf(view.start) && m_canvas.scale.msPerPixel * kCoarseHour > 3'600'000)
            coming += m_recordings.bars(Detail::Hours, m_camera, {day * kChunkMs, (day + 1) * kChunkMs});
    }
    paintClips(chunks);
    paintBars(coming);
    for (const auto &chunk : std::as_const(chunks))
        paintStills(*chunk);
    paintTrouble();
}

// Stripes where recordings have been deleted. They are anchored in time, so that they move with the view.
void CameraLanePainter::paintHatch(int left, int right)
{
    const int step = device(kHatchStep);
    const int origin = int(std::fmod(std::floor(m_device.start / m_device.msPerPixel), step));
    const int from = std::max(left, 0);
    const int to = std::min(right, m_device.width);
    for (int phase = 0; phase < step; ++phase) {
        const double inside = kHatchReach * m_canvas.factor + 0.5 - std::min(phase, step - phase);
        const int share = int(std::clamp(inside, 0.0, 1.0) * 256);
        QRgb ground = m_canvas.ground.rgb(); // the background has few colours
        QRgb stripe = blended(m_theme.hatch.rgb(), ground, share);
        for (int y = std::max(m_top, 0); share > 0 && y < std::min(m_bottom, m_canvas.rows); ++y) {
            QRgb *row = m_canvas.pixels + y * m_canvas.line;
            const int ahead = (phase - from - y + m_top - origin) % step;
            for (int x = from + (ahead < 0 ? ahead + step : ahead); x < to; x += step) {
                if (row[x] != ground) {
                    ground = row[x];
                    stripe = blended(m_theme.hatch.rgb(), ground, share);
                }
                row[x] = stripe;
            }
        }
    }
}

// The reason, if there is room for it between existing recordings.
void CameraLanePainter::paintReason(const DeletedGap &gap)
{
    const int end = std::min(gap.right, m_device.width);
    int best = 0;
    int bestWidth = 0;
    for (int x = std::max(gap.left, 0); x < end; ++x) {
        int free = 0;
        while (x + free < end && !m_taken[size_t(x + free)])
            ++free;
        if (free > bestWidth) {
            best = x;
            bestWidth = free;
        }
        x += free;
    }
    if (bestWidth < device(kMinReason))
        return;
    QPainter &painter = m_canvas.painter;
    painter.save();
    QFont words = widgets::font(widgets::TextStyle::Caption);
    words.setPixelSize(device(words.pixelSize()));
    painter.setFont(words);
    for (const QString &text :
         {reasonText(gap), QCoreApplication::translate("CameraLanePainter", "Deleted")}) {
        const int wide = painter.fontMetrics().horizontalAdvance(text) + 2 * device(kChipPad);
        if (bestWidth < kChipRoom * wide)
            continue;
        const QRect chip(best + (bestWidth - wide) / 2, m_top, wide, m_bottom - m_top);
        painter.fillRect(chip, m_canvas.ground);
        painter.setPen(m_theme.ink2);
        painter.drawText(chip, Qt::AlignCenter, text);
        break;
    }
    painter.restore();
}

// Marks columns where no reason is painted.
void CameraLanePainter::take(int left, int right)
{
    const int from = std::clamp(left, 0, m_device.width);
    const int to = std::clamp(right, from, m_device.width);
    std::fill(m_taken.begin() + from, m_taken.begin() + to, 1);
}

void CameraLanePainter::paintClips(const QVector<std::shared_ptr<const TimelineChunk>> &chunks)
{
    const int foot = int((m_bottom - m_top) * kFootShare);
    LaneRaster rows(m_canvas.pixels, m_canvas.line, m_device.width, m_canvas.rows,
                    {m_top, device(2), foot, m_bottom});
    QVector<Block> round;
    for (const bool scheduled : {true, false}) {
        for (const auto &chunk : chunks) {
            const LaneSeries &series = scheduled ? chunk->continuous : chunk->events;
            QVector<Block> blocks = blocksOf(series, m_device, device(LaneInsets::kMinWidth));
            const QVector<Block> single = blocks;
            if (scheduled)
                joinTouching(blocks);
            for (const Block &block : std::as_const(blocks))
                addBlock(rows, block);
            for (const Block &block : single)
                addMotion(rows, block, series, *chunk);
            if (blocks.size() <= kMaxRoundedBlocks)
                round += blocks;
        }
    }
    rows.write();
    for (size_t i = 0; i < m_moving.size(); ++i)
        paintMotion(m_moving[i], int(i) + 1, foot);
    for (const Block &block : std::as_const(round))
        roundCorners(block);
}

void CameraLanePainter::addBlock(LaneRaster &rows, const Block &block)
{
    take(block.left, block.right);
    if (isFramed(block) && m_troubled.size() < kMaxFrames) {
        const int left = std::max(block.left, -device(8));
        const int right = std::min(block.right, m_device.width + device(8));
        if (left < right)
            m_troubled.append({left, m_top, std::max(right - left, device(LaneInsets::kMinTroubledWidth)),
                               m_bottom - m_top});
        return;
    }
    const Shades &shades = m_shades[size_t(block.category)];
    rows.add(block.left, block.right, shades.ground, shades.full,
             block.troubled ? m_theme.warn.rgb() : shades.ground);
    own(block, 0);
}

// Where the amount of motion is known, it takes the place of the foot.
void CameraLanePainter::addMotion(LaneRaster &rows, const Block &block, const LaneSeries &series,
                                  const TimelineChunk &chunk)
{
    if (block.item < 0 || block.troubled || block.right - block.left < device(kMinMotionWidth) ||
        chunk.motion.isEmpty())
        return;
    const catalog::TimelineItem &item = series.items()[block.item];
    const auto profile = chunk.motion.constFind(item.id);
    if (profile == chunk.motion.constEnd())
        return;
    const Shades &shades = m_shades[size_t(block.category)];
    rows.add(block.left, block.right, shades.ground, shades.ground, shades.ground);
    m_moving.push_back({block, {item.captured, endOf(item)}, *profile});
    own(block, int(m_moving.size()));
}

// Later blocks cover earlier ones.
void CameraLanePainter::own(const Block &block, int moving)
{
    const int from = std::clamp(block.left, 0, m_device.width);
    const int to = std::clamp(block.right, from, m_device.width);
    std::fill(m_owner.begin() + from, m_owner.begin() + to, moving);
}

void CameraLanePainter::paintMotion(const MovingBlock &moving, int owner, int unknown)
{
    const int bar = device(kMotionBar);
    const int most = m_bottom - m_top;
    const QColor colour = QColor::fromRgb(m_shades[size_t(moving.block.category)].full);
    const qint64 last = moving.range.length() - kMotionStepMs;
    const int skipped = std::max(0, -moving.block.left) / bar * bar;
    const int end = std::min(moving.block.right, m_device.width);
    for (int left = moving.block.left + skipped; left < end; left += bar) {
        const qint64 from = std::min(m_device.timeAt(left) - moving.range.start, last);
        const auto level = moving.profile.level(from, m_device.timeAt(left + bar) - moving.range.start);
        const int height =
            level ? std::max(device(1), int(std::lround(std::min(1.0, *level / kFullMotion) * most)))
                  : unknown;
        for (int x = std::max(left, 0); x < std::min(left + bar, end); ++x) {
            if (m_owner[size_t(x)] == owner)
                m_canvas.fill(x, m_bottom - height, 1, height, colour);
        }
    }
}

void CameraLanePainter::roundCorners(const Block &block)
{
    const int radius = device(2);
    if (isFramed(block) || block.right - block.left < 3 * radius)
        return;
    for (int row = 0; row < radius; ++row) {
        const double up = radius - row - 0.5;
        const int cut = int(std::lround(radius - std::sqrt(radius * radius - up * up)));
        if (cut == 0)
            continue;
        for (const int y : {m_top + row, m_bottom - 1 - row}) {
            m_canvas.fill(block.left, y, cut, 1, m_canvas.ground);
            m_canvas.fill(block.right - cut, y, cut, 1, m_canvas.ground);
        }
    }
}

void CameraLanePainter::paintStills(const TimelineChunk &chunk)
{
    const int top = m_top - device(LaneInsets::kTop) + device(1);
    // Adjacent ticks form one box.
    int left = 0;
    int right = 0;
    QColor colour;
    // Of a person's or a vehicle's event, they have its colour.
    const auto colourOfTick = [&](const Block &tick) {
        if (tick.troubled)
            return m_theme.warn;
        const bool isOfNote = tick.category == ClipCategory::Person || tick.category == ClipCategory::Vehicle;
        return isOfNote ? colourOf(tick.category) : m_theme.still;
    };
    const auto paintBox = [&] { m_canvas.fill(left, top, right - left, device(6), colour); };
    for (const Block &tick : blocksOf(chunk.stills, m_device, device(2))) {
        const QColor own = colourOfTick(tick);
        if (tick.left != right || own != colour) {
            paintBox();
            left = tick.left;
            colour = own;
        }
        right = tick.right;
    }
    paintBox();
}

// The height is the recorded share of the hour or day, as a square root so that a single clip is visible. Of
// bars on the same pixels, the highest is shown.
void CameraLanePainter::paintBars(const QVector<CountBar> &bars)
{
    const int most = m_bottom - m_top;
    const int least = device(2);
    int column = -1;
    int columnHeight = 0;
    const auto draw = [&](int left, int right, int height) {
        take(left, right);
        m_canvas.fill(left, m_bottom - height, right - left, height, m_theme.motion);
    };
    for (const CountBar &bar : bars) {
        const int left = m_device.xOf(bar.start);
        const int right = std::max(m_device.xOf(bar.end), left + 1);
        if (!bar.clips && !bar.stills)
            continue;
        const double full = double(std::min(bar.end - bar.start, kMaxBarMs));
        const double share = std::sqrt(std::clamp(double(bar.recorded) / full, 0.0, 1.0));
        const int height = std::max(least, int(share * most));
        if (right - left > 2 * least) {
            draw(left, right - device(1), height);
            continue;
        }
        if (left != column)
            columnHeight = 0;
        column = left;
        if (height > columnHeight)
            draw(left, right, height);
        columnHeight = std::max(columnHeight, height);
    }
}

void CameraLanePainter::paintTrouble()
{
    if (m_troubled.isEmpty())
        return;
    QPainter &painter = m_canvas.painter;
    painter.save();
    QFont words = widgets::font(widgets::TextStyle::Caption, 600);
    words.setPixelSize(device(words.pixelSize()));
    painter.setFont(words);
    QPen pen(m_theme.warn, 1.25 * m_canvas.factor);
    pen.setDashPattern({2.4, 2.0});
    for (const QRect &box : std::as_const(m_troubled)) {
        painter.fillRect(box, m_canvas.ground);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        const double inset = 0.625 * m_canvas.factor;
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 2 * m_canvas.factor,
                                2 * m_canvas.factor);
        painter.setPen(m_theme.warn);
        painter.drawText(box, Qt::AlignCenter, QStringLiteral("!"));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

} // namespace gatehouse::timeline
