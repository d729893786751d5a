#include "timeline/lane_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

using widgets::mixed;

constexpr double kGroundShare = 0.30;     // of the kind's colour in a block's ground
constexpr double kContinuousShare = 0.55; // of motion where a schedule records
constexpr double kFootShare = 0.38;       // height of the full colour at a block's foot
constexpr double kChosenShare = 0.35;     // of accentWeak in the chosen lane
constexpr double kFutureShare = 0.55;     // of bg over the future
constexpr int kMaxRoundedBlocks = 600;    // blocks of a lane: more of them are not seen as round
constexpr int kMaxFrames = 200;
constexpr double kCoarseHour = 60; // px of an hour up to which its count stands in for items on their way
constexpr int kHatchStep = 7;
constexpr double kHatchReach = 0.71; // half a stripe of 1 px, measured along a row
constexpr int kChipPad = 6;
constexpr int kMinReason = 80;              // px: no words fit into less
constexpr int kChipRoom = 2;                // times its width: the stripes are to be seen beside it
constexpr qint64 kMaxBarMs = 8 * 3'600'000; // a day with this much recorded is a full bar

QString reasonText(const DeletedGap &gap)
{
    return QCoreApplication::translate("LanePainter", "Deleted: %1").arg(gap.reason());
}

// share: of `top`, 0 to 256. For many single pixels: mixed() takes its time.
QRgb blended(QRgb top, QRgb ground, int share)
{
    const auto channel = [share](int over, int under) { return under + (over - under) * share / 256; };
    return qRgb(channel(qRed(top), qRed(ground)), channel(qGreen(top), qGreen(ground)),
                channel(qBlue(top), qBlue(ground)));
}

// A recording that was cut into files is one recording.
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

LanePainter::LanePainter(const TimelineModel &model, const widgets::Theme &theme, const TimeScale &scale,
                         qint64 now)
    : m_model(model), m_theme(theme), m_scale(scale), m_now(now)
{
    for (const ClipCategory category : {ClipCategory::Continuous, ClipCategory::Motion, ClipCategory::Sound,
                                        ClipCategory::Vehicle, ClipCategory::Person}) {
        const QColor colour = colourOf(category);
        m_shades[size_t(category)] = {mixed(colour, m_theme.surface, kGroundShare).rgb(), colour.rgb()};
    }
}

bool LanePainter::isFramed(const Block &block)
{
    return block.troubled && block.item >= 0;
}

int LanePainter::device(double logical) const
{
    return int(std::lround(logical * m_factor));
}

QColor LanePainter::colourOf(ClipCategory category) const
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

// Thousands of small boxes a frame: straight into the image, without a painter's ceremony.
void LanePainter::fill(int left, int top, int width, int height, const QColor &colour)
{
    const int from = std::max(left, 0);
    const int to = std::min(left + width, m_device.width);
    const int last = std::min(top + height, m_rows);
    const QRgb pixel = colour.rgb();
    for (int y = std::max(top, 0); y < last && from < to; ++y)
        std::fill_n(m_pixels + y * m_line + from, to - from, pixel);
}

void LanePainter::paint(QImage &image, const QVector<LanePlace> &lanes, const QVector<Tick> &ticks)
{
    m_factor = image.devicePixelRatioF();
    m_device = {m_scale.start, m_scale.msPerPixel / m_factor, image.width()};
    // Blocks are whole device pixels; texts and frames are logical ones.
    image.setDevicePixelRatio(1);
    m_pixels = reinterpret_cast<QRgb *>(image.bits());
    m_line = image.bytesPerLine() / qsizetype(sizeof(QRgb));
    m_rows = image.height();
    QPainter painter(&image);
    painter.fillRect(image.rect(), m_theme.surface);
    for (const LanePlace &lane : lanes) {
        if (lane.isChosen) {
            painter.fillRect(0, device(lane.top), image.width(), device(lane.height),
                             mixed(m_theme.accentWeak, m_theme.surface, kChosenShare));
        }
    }
    if (const int x = std::max(0, m_device.xOf(m_now)); x < image.width()) {
        QColor shade = m_theme.bg;
        shade.setAlphaF(kFutureShare);
        painter.fillRect(x, 0, image.width() - x, image.height(), shade);
    }
    paintGrid(painter, image, ticks);
    for (const LanePlace &lane : lanes) {
        painter.fillRect(0, device(lane.top + lane.height) - device(1), image.width(), device(1),
                         m_theme.line);
        paintLane(painter, lane);
    }
    painter.end();
    image.setDevicePixelRatio(m_factor);
}

void LanePainter::paintGrid(QPainter &painter, const QImage &image, const QVector<Tick> &ticks)
{
    // Midnights stand out among hours; among days they are the grid itself.
    const QColor strong = mixed(m_theme.edge, m_theme.surface, 0.45);
    const bool amongHours = m_scale.msPerPixel * 400 < double(kChunkMs);
    for (const Tick &tick : ticks) {
        if (tick.isMajor)
            painter.fillRect(m_device.xOf(tick.time), 0, device(1), image.height(),
                             tick.isDay && amongHours ? strong : m_theme.line);
    }
}

void LanePainter::paintLane(QPainter &painter, const LanePlace &lane)
{
    m_ground = lane.isChosen ? mixed(m_theme.accentWeak, m_theme.surface, kChosenShare) : m_theme.surface;
    m_top = device(lane.top + LaneInsets::kTop);
    m_bottom = device(lane.top + lane.height - LaneInsets::kBottom);
    m_troubled.clear();
    m_taken.assign(size_t(m_device.width), 0);
    const Detail detail = detailFor(m_scale.span());
    const QVector<DeletedGap> gaps =
        deletedGaps(m_model, lane.camera, detail, m_device, device(DeletedGap::kMinWidth));
    for (const DeletedGap &gap : gaps)
        paintHatch(gap.left, gap.right);
    // What is kept is painted over what is gone.
    if (detail == Detail::Items)
        paintItems(painter, lane.camera);
    else
        paintBars(m_model.bars(detail, lane.camera, m_scale.range()));
    for (const DeletedGap &gap : gaps)
        paintReason(painter, gap);
}

void LanePainter::paintItems(QPainter &painter, CameraId camera)
{
    const TimeRange view = m_scale.range();
    const auto dayOf = [](qint64 t) { return qint64(std::floor(double(t) / double(kChunkMs))); };
    // A clip that began yesterday may reach into the view.
    QVector<std::shared_ptr<const TimelineChunk>> chunks;
    QVector<CountBar> coming;
    for (qint64 day = dayOf(view.start) - 1; day <= dayOf(view.end); ++day) {
        if (const auto chunk = m_model.chunk(camera, day))
            chunks.append(chunk);
        else if (day >= dayOf(view.start) && m_scale.msPerPixel * kCoarseHour > 3'600'000)
            coming += m_model.bars(Detail::Hours, camera, {day * kChunkMs, (day + 1) * kChunkMs});
    }
    paintClips(chunks);
    paintBars(coming);
    for (const auto &chunk : std::as_const(chunks))
        paintStills(*chunk);
    paintTrouble(painter);
}

// Stripes where something was recorded and has been deleted. They keep their place in time, so that a view
// that moves takes them along.
void LanePainter::paintHatch(int left, int right)
{
    const int step = device(kHatchStep);
    const int origin = int(std::fmod(std::floor(m_device.start / m_device.msPerPixel), step));
    const int from = std::max(left, 0);
    const int to = std::min(right, m_device.width);
    for (int phase = 0; phase < step; ++phase) {
        const double inside = kHatchReach * m_factor + 0.5 - std::min(phase, step - phase);
        const int share = int(std::clamp(inside, 0.0, 1.0) * 256);
        QRgb ground = m_ground.rgb(); // the ground has few colours
        QRgb stripe = blended(m_theme.hatch.rgb(), ground, share);
        for (int y = std::max(m_top, 0); share > 0 && y < std::min(m_bottom, m_rows); ++y) {
            QRgb *row = m_pixels + y * m_line;
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

// Why, where there is room for it beside what is kept.
void LanePainter::paintReason(QPainter &painter, const DeletedGap &gap)
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
    painter.save();
    QFont words = widgets::font(widgets::TextStyle::Caption);
    words.setPixelSize(device(words.pixelSize()));
    painter.setFont(words);
    for (const QString &text : {reasonText(gap), QCoreApplication::translate("LanePainter", "Deleted")}) {
        const int wide = painter.fontMetrics().horizontalAdvance(text) + 2 * device(kChipPad);
        if (bestWidth < kChipRoom * wide)
            continue;
        const QRect chip(best + (bestWidth - wide) / 2, m_top, wide, m_bottom - m_top);
        painter.fillRect(chip, m_ground);
        painter.setPen(m_theme.ink2);
        painter.drawText(chip, Qt::AlignCenter, text);
        break;
    }
    painter.restore();
}

// No reason is painted there.
void LanePainter::take(int left, int right)
{
    const int from = std::clamp(left, 0, m_device.width);
    const int to = std::clamp(right, from, m_device.width);
    std::fill(m_taken.begin() + from, m_taken.begin() + to, 1);
}

void LanePainter::paintClips(const QVector<std::shared_ptr<const TimelineChunk>> &chunks)
{
    const int foot = int((m_bottom - m_top) * kFootShare);
    LaneRaster rows(m_pixels, m_line, m_device.width, m_rows, {m_top, device(2), foot, m_bottom});
    QVector<Block> round;
    for (const bool scheduled : {true, false}) {
        for (const auto &chunk : chunks) {
            QVector<Block> blocks = blocksOf(scheduled ? chunk->continuous : chunk->events, m_device,
                                             device(LaneInsets::kMinWidth));
            if (scheduled)
                joinTouching(blocks);
            for (const Block &block : std::as_const(blocks))
                addBlock(rows, block);
            if (blocks.size() <= kMaxRoundedBlocks)
                round += blocks;
        }
    }
    rows.write();
    for (const Block &block : std::as_const(round))
        roundCorners(block);
}

void LanePainter::addBlock(LaneRaster &rows, const Block &block)
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
}

void LanePainter::roundCorners(const Block &block)
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
            fill(block.left, y, cut, 1, m_ground);
            fill(block.right - cut, y, cut, 1, m_ground);
        }
    }
}

void LanePainter::paintStills(const TimelineChunk &chunk)
{
    const int top = m_top - device(LaneInsets::kTop) + device(1);
    // Ticks that touch are one box.
    int left = 0;
    int right = 0;
    bool troubled = false;
    const auto paintBox = [&] {
        fill(left, top, right - left, device(6), troubled ? m_theme.warn : m_theme.still);
    };
    for (const Block &tick : blocksOf(chunk.stills, m_device, device(2))) {
        if (tick.left != right || tick.troubled != troubled) {
            paintBox();
            left = tick.left;
            troubled = tick.troubled;
        }
        right = tick.right;
    }
    paintBox();
}

// The height is the share of the hour or day that is recorded, by its square root so that a single
// clip is seen. Bars that fall on the same pixels show the highest.
void LanePainter::paintBars(const QVector<CountBar> &bars)
{
    const int most = m_bottom - m_top;
    const int least = device(2);
    int column = -1;
    int columnHeight = 0;
    const auto draw = [&](int left, int right, int height) {
        take(left, right);
        fill(left, m_bottom - height, right - left, height, m_theme.motion);
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

void LanePainter::paintTrouble(QPainter &painter)
{
    if (m_troubled.isEmpty())
        return;
    painter.save();
    QFont words = widgets::font(widgets::TextStyle::Caption, 600);
    words.setPixelSize(device(words.pixelSize()));
    painter.setFont(words);
    QPen pen(m_theme.warn, 1.25 * m_factor);
    pen.setDashPattern({2.4, 2.0});
    for (const QRect &box : std::as_const(m_troubled)) {
        painter.fillRect(box, m_ground);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        const double inset = 0.625 * m_factor;
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 2 * m_factor,
                                2 * m_factor);
        painter.setPen(m_theme.warn);
        painter.drawText(box, Qt::AlignCenter, QStringLiteral("!"));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

} // namespace gatehouse::timeline
