// Prints a benchmark's results: one line per figure for people, or with --json one object per line {name,
// ours, peer, unit, ratio, goal, met}; peer and ratio are null without a peer, goal and met without a goal.
// Smaller is better unless stated otherwise. A benchmark ends with 0, with 1 if it missed a goal, and with 2
// if its arguments are wrong or its work did not happen. One thread.
#pragma once

#include <QCommandLineParser>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVector>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace gatehouse::bench
{

// For main(): `return failed(…)` still ends the processes and removes the folders that it started with.
[[nodiscard]] inline int failed(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    return 2;
}

[[noreturn]] inline void giveUp(const QString &why)
{
    std::exit(failed(why));
}

// Of the program itself. Gives up on an unknown option, and on more words than expected.
inline void readArguments(QCommandLineParser &parser, qsizetype mostWords = 0)
{
    const QCommandLineOption help = parser.addHelpOption();
    parser.addOption({QStringLiteral("json"), QStringLiteral("one JSON object a line")});
    if (!parser.parse(QCoreApplication::arguments()))
        giveUp(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp();
    if (parser.positionalArguments().size() > mostWords)
        giveUp(QStringLiteral("Unexpected: %1").arg(parser.positionalArguments().at(mostWords)));
}

// Gives up unless the option's value is a number from `least` to `most`.
inline int numberOf(const QCommandLineParser &parser, const char *name, int least, int most)
{
    const QString text = parser.value(QLatin1String(name));
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        giveUp(QStringLiteral("--%1 needs a number from %2 to %3, not \"%4\"")
                   .arg(QLatin1String(name), QString::number(least), QString::number(most), text));
    return number;
}

// The value of --folder, `otherwise` without it. Gives up unless it exists.
inline QString folderOf(const QCommandLineParser &parser, const QString &otherwise)
{
    if (!parser.isSet(QStringLiteral("folder")))
        return otherwise;
    const QString folder = parser.value(QStringLiteral("folder"));
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        giveUp(QStringLiteral("--folder needs a folder that exists, not \"%1\"").arg(folder));
    return folder;
}

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
        if (!std::isfinite(figure.ours))
            giveUp(figure.name + QStringLiteral(": nothing was measured"));
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
        giveUp(QStringLiteral("Nothing was measured"));
    std::sort(values.begin(), values.end());
    return values[std::min<qsizetype>(qsizetype(share * double(values.size())), values.size() - 1)];
}

} // namespace gatehouse::bench
