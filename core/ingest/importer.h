// Imports an old FTP folder tree the same way as uploads: placed, catalogued, examined. Can be stopped and
// rerun: recognizes and skips what is already stored. Reads the folder on a separate thread; everything else
// runs on the engine's main thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "vendors/matcher.h"

#include <QObject>
#include <memory>

namespace gatehouse::ingest
{

struct ImportProgress {
    qint64 total = 0; // files found so far
    qint64 done = 0;  // processed
    qint64 added = 0;
    qint64 known = 0;  // identical bytes already stored under the same name
    qint64 passed = 0; // empty files and brands' test files
    qint64 failed = 0;
    qint64 bytes = 0; // of added files
    QString lastError;
    bool finished = false;
    bool stopped = false;
};

struct ImportRequest {
    QString folder; // absolute
    bool move = false;
    AccountId account;
    QString user;
};

class Importer : public QObject
{
    Q_OBJECT

public:
    Importer(catalog::Writer &writer, archive::Archive &archive,
             std::shared_ptr<const vendors::Matcher> matcher, const Clock &clock, QObject *parent = nullptr);
    ~Importer() override;

    // Whether the folder can be imported now. Invalid: no such folder, or it and the archive overlap.
    // Unavailable: an import is running.
    [[nodiscard]] Result<void> check(const QString &folder) const;
    // Errors as in check().
    Result<void> start(const ImportRequest &request);
    void stop();
    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    void progressed(const gatehouse::ingest::ImportProgress &progress); // at most four times a second
    void finished(const gatehouse::ingest::ImportProgress &progress);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::ingest

Q_DECLARE_METATYPE(gatehouse::ingest::ImportProgress)
