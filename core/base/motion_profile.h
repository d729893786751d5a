// How much moves in a clip over time: one level per second of the clip, or per 2, 4, 8, … seconds of a long
// one, at most 64. A level is the greatest share of the picture that changed within its span, as a square
// root, so that a person in the distance is visible next to a car that fills the picture (see
// media/probe/motion_meter.h). Stored as bytes: the base-2 logarithm of a level's seconds, then the levels, 0
// to 254; 255: unknown. A value. Times in ms from the clip's start.
#pragma once

#include <QByteArray>
#include <optional>

namespace gatehouse
{

class MotionProfile
{
public:
    static constexpr int kMaxLevels = 64;
    static constexpr int kMaxLevel = 254;

    MotionProfile() = default;
    // Empty if these are not the bytes of a profile.
    static MotionProfile fromBytes(const QByteArray &bytes);
    [[nodiscard]] const QByteArray &toBytes() const { return m_bytes; }

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); } // nothing is known
    // The share of the picture, 0 to 1, that changed at that time. Never lowers a level.
    void add(qint64 time, double share);
    // The highest level between these times, from 0 to 1. None: unknown.
    [[nodiscard]] std::optional<double> level(qint64 from, qint64 to) const;

    friend bool operator==(const MotionProfile &, const MotionProfile &) = default;

private:
    [[nodiscard]] qint64 levelMs() const { return qint64(1'000) << m_bytes.front(); }
    void halve();

    QByteArray m_bytes;
};

} // namespace gatehouse
