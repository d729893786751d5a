// Takes an old FTP folder tree through the same path as uploads: placed, catalogued, examined. Can be
// stopped and run again: what is kept already is recognized and passed over. The folder is read on an
// own thread; everything else on the engine's main thread.
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
    qint64 done = 0;  // looked at
    qint64 added = 0;
    qint64 known = 0;  // the same bytes under the same name are kept already
    qint64 passed = 0; // empty files and brands' test files
    qint64 failed = 0;
    qint64 bytes = 0; // of what was added
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

    // Whether it can be imported now. Invalid: no such folder, or the archive lies in it (or it in the
    // archive). Unavailable: an import is running.
    [[nodiscard]] Result<void> check(const QString &folder) const;
    // As check().
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
