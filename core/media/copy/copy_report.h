// What became of a copy: the answer of the jobs that make copies of clips. It comes from a worker process
// that read hostile bytes. Values: any thread.
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace gatehouse::media
{

struct CopyReport {
    // Impossible: another attempt would fail, too. Failed: it may succeed later (a full disk, for example).
    enum class Outcome { Made, Impossible, Failed };

    Outcome outcome = Outcome::Failed;
    QString reason = {};   // a sentence, if it was not made
    qint64 bytes = 0;      // of the file
    int pictures = 0;      // decoded from the copy
    qint64 duration = 0;   // ms
    QString hardware = {}; // name of the encoder that was used; empty: software
    QStringList failedHardware = {};

    [[nodiscard]] bool isMade() const { return outcome == Outcome::Made; }

    [[nodiscard]] QJsonObject toJson() const;
    static CopyReport fromJson(const QJsonObject &json);

    static CopyReport impossible(const QString &reason);
    // Impossible if the clip is the reason, otherwise Failed.
    static CopyReport of(const Error &error);
};

} // namespace gatehouse::media
