// Something that needs a person: a damaged catalog, a disk that is full, a hold on deletion. The engine
// keeps the list, `status` carries it, the window shows each as a banner and `gatehouse status` as a line.
// Plain values: any thread.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QVector>

namespace gatehouse::control
{

struct Problem {
    QString key;              // one per cause, e.g. "catalog", "archive": the newest text of a cause stands
    QString text;             // a sentence that says what is wrong and what to do
    qint64 since = 0;         // UTC ms
    QString action;           // text of a button; empty: none
    QString command;          // what the button runs, e.g. "retention.confirm"
    QString commandLine = {}; // the same without a window, e.g. "gatehouse retention confirm"

    [[nodiscard]] QJsonObject toJson() const;
    static Problem fromJson(const QJsonObject &json);

    bool operator==(const Problem &) const = default;
};

QJsonArray toJson(const QVector<Problem> &problems);
QVector<Problem> problemsFromJson(const QJsonArray &json);

} // namespace gatehouse::control
