// Prints a benchmark's results: one line per figure for people, or with --json one object per line {name,
// ours, peer, unit, ratio, goal, met}; peer and ratio are null without a peer, goal and met without a goal.
// Smaller is better unless stated otherwise. One thread.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QVector>
#include <algorithm>
#include <cstdio>
#include <optional>

namespace gatehouse::bench
{

struct Figure {
    QString name;
    double ours = 0;
    QString unit;
    std::optional<double> goal;
    std::optional<double> peer;
    bool largerIsBetter = false;
};

class Report
{
public:
    explicit Report(bool json) : m_json(json) {}

    void add(const Figure &figure)
    {
        const bool met = !figure.goal ||
                         (figure.largerIsBetter ? figure.ours >= *figure.goal : figure.ours <= *figure.goal);
        m_met = m_met && met;
        if (!m_json) {
            std::printf("%-58s %12.3f %-8s", qPrintable(figure.name), figure.ours, qPrintable(figure.unit));
            if (figure.peer)
                std::printf("  peer %12.3f", *figure.peer);
            if (figure.goal)
                std::printf("  goal %10.3f  %s", *figure.goal, met ? "met" : "MISSED");
            std::printf("\n");
        } else {
            const auto maybe = [](std::optional<double> value) {
                return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
            };
            const QJsonObject line{
                {QStringLiteral("name"), figure.name},
                {QStringLiteral("ours"), figure.ours},
                {QStringLiteral("peer"), maybe(figure.peer)},
                {QStringLiteral("unit"), figure.unit},
                {QStringLiteral("ratio"), figure.peer && *figure.peer != 0
                                              ? QJsonValue(figure.ours / *figure.peer)
                                              : QJsonValue(QJsonValue::Null)},
                {QStringLiteral("goal"), maybe(figure.goal)},
                {QStringLiteral("met"), figure.goal ? QJsonValue(met) : QJsonValue(QJsonValue::Null)}};
            std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
        }
        std::fflush(stdout);
    }

    [[nodiscard]] bool allMet() const { return m_met; }

private:
    bool m_json;
    bool m_met = true;
};

inline double percentile(QVector<double> values, double share)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min<qsizetype>(qsizetype(share * double(values.size())), values.size() - 1)];
}

} // namespace gatehouse::bench
