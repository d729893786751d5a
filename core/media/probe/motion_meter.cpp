#include "media/probe/motion_meter.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace gatehouse::media
{

namespace
{

constexpr int kCellColumns = 64;
constexpr int kCellRows = 36;
constexpr int kCellSamples = 4;           // per direction
constexpr int kMinChange = 10;            // of 255: a cell's mean varies by less through noise
constexpr qint64 kCompareEvery = 200'000; // microseconds
constexpr qint64 kMaxApart = 4'000'000;   // between frames further apart, anything may have happened
constexpr qint64 kLevelStep = 1'000'000;  // of a profile's shortest level

// The mean brightness of each cell, times the number of samples; false: not a format that has a brightness
// plane.
bool readCells(const AVFrame &frame, std::vector<int> &cells)
{
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    if (format == nullptr || frame.data[0] == nullptr ||
        (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_PAL |
                          AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_BITSTREAM)) != 0)
        return false;
    const AVComponentDescriptor &luma = format->comp[0];
    const bool isWide = luma.depth > 8;
    if (luma.plane != 0 || luma.depth > 16 || luma.step < (isWide ? 2 : 1))
        return false;
    // The high byte of a deep sample is enough.
    const int shift = luma.shift + luma.depth - 8;
    cells.assign(size_t(kCellColumns) * kCellRows, 0);
    constexpr int columns = kCellColumns * kCellSamples;
    constexpr int rows = kCellRows * kCellSamples;
    for (int row = 0; row < rows; ++row) {
        const uint8_t *line =
            frame.data[0] + qint64(row) * frame.height / rows * frame.linesize[0] + luma.offset;
        int *cell = &cells[size_t(row / kCellSamples) * kCellColumns];
        for (int column = 0; column < columns; ++column) {
            const uint8_t *sample = line + qint64(column) * frame.width / columns * luma.step;
            cell[column / kCellSamples] += isWide ? (sample[0] | sample[1] << 8) >> shift : *sample;
        }
    }
    return true;
}

} // namespace

void MotionMeter::add(const AVFrame &frame, qint64 time)
{
    const bool isComparable = !m_cells.empty() && frame.width == m_width && frame.height == m_height &&
                              time >= m_time && time - m_time <= kMaxApart;
    if (isComparable && time - m_time < kCompareEvery)
        return;
    if (!readCells(frame, m_cellsNow)) {
        m_cells.clear();
        return;
    }
    if (isComparable) {
        const double share = changedSince(m_cells);
        for (qint64 at = m_time; at < time; at += kLevelStep)
            m_profile.add(at / 1'000, share);
        m_profile.add(time / 1'000, share);
    }
    std::swap(m_cells, m_cellsNow);
    m_time = time;
    m_width = frame.width;
    m_height = frame.height;
}

double MotionMeter::changedSince(const std::vector<int> &cells)
{
    m_differences.resize(cells.size());
    std::transform(m_cellsNow.begin(), m_cellsNow.end(), cells.begin(), m_differences.begin(),
                   std::minus<>());
    m_sorted = m_differences;
    const auto middle = m_sorted.begin() + qsizetype(m_sorted.size() / 2);
    std::nth_element(m_sorted.begin(), middle, m_sorted.end());
    constexpr int least = kMinChange * kCellSamples * kCellSamples;
    const auto changed =
        std::count_if(m_differences.begin(), m_differences.end(),
                      [shared = *middle](int one) { return std::abs(one - shared) > least; });
    return double(changed) / double(cells.size());
}

} // namespace gatehouse::media
