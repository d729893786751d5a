#include "replayed_day.h"

#include "support/test_data.h"

#include <QFile>
#include <QHash>
#include <QMap>
#include <QSet>

namespace gatehouse::tests
{

namespace
{

const QDate kRecorded(2024, 3, 8);

struct Row {
    QHash<QString, QString> fields;
    QString operator[](const char *name) const { return fields.value(QLatin1String(name)); }
    [[nodiscard]] bool isCut() const
    {
        return fields.value(QStringLiteral("fault")).startsWith(QLatin1String("drop@"));
    }
    // No item may result.
    [[nodiscard]] bool isNothing() const
    {
        const QString kind = fields.value(QStringLiteral("kind"));
        const QString fault = fields.value(QStringLiteral("fault"));
        return kind == QLatin1String("probe") || kind == QLatin1String("mkdir") ||
               fault == QLatin1String("zero_source") || fault == QLatin1String("drop@0.00");
    }
};

QVector<Row> readRows()
{
    QFile file(sharedData(QStringLiteral("day.tsv")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QStringList names = QString::fromUtf8(file.readLine().trimmed()).split(QLatin1Char('\t'));
    QVector<Row> out;
    while (!file.atEnd()) {
        const QStringList values = QString::fromUtf8(file.readLine()).chopped(1).split(QLatin1Char('\t'));
        Row row;
        for (qsizetype i = 0; i < names.size() && i < values.size(); ++i)
            row.fields.insert(names.at(i), values.at(i));
        out.append(row);
    }
    return out;
}

QString rebased(QString path, const QDate &date)
{
    if (!date.isValid())
        return path;
    for (const char *format : {"yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy'Y'MM'M'dd'D'"}) {
        const QString pattern = QString::fromLatin1(format);
        path.replace(kRecorded.toString(pattern), date.toString(pattern));
    }
    return path;
}

} // namespace

QVector<ExpectedUpload> expectedDay(const QDate &date)
{
    QMap<QPair<QString, QString>, QVector<Row>> byName; // account and path
    for (const Row &row : readRows())
        byName[{row["ftp_user"], rebased(row["vendor_path"], date)}].append(row);

    QVector<ExpectedUpload> out;
    for (auto it = byName.cbegin(); it != byName.cend(); ++it) {
        ExpectedUpload upload;
        upload.sourcePath = QLatin1Char('/') + it.key().second;
        upload.camera = it->first()["camera"];
        upload.kind = it->first()["kind"];
        QSet<QString> contents;
        bool anyCut = false;
        for (const Row &row : *it) {
            if (row.isNothing())
                continue;
            anyCut |= row.isCut();
            QDateTime captured = QDateTime::fromString(row["captured_local"], Qt::ISODateWithMs);
            if (date.isValid() && captured.date() == kRecorded)
                captured.setDate(date);
            // As recorded, it will be years away one day.
            upload.isStuckClock |=
                captured.date().year() == 2000 || captured.date().addYears(3) < QDate::currentDate();
            // A cut upload is a prefix of the retry that follows, so only the retry counts.
            if (!row.isCut() && !contents.contains(row["source"])) {
                contents.insert(row["source"]);
                upload.captured.append(captured);
            }
        }
        upload.items = int(contents.size());
        if (upload.items == 0 && anyCut) {
            upload.items = 1;
            upload.isCutForGood = true;
            upload.captured.append(QDateTime::fromString(it->first()["captured_local"], Qt::ISODateWithMs));
        }
        out.append(upload);
    }
    return out;
}

} // namespace gatehouse::tests
