// Copies what cameras sent to S3: takes rows of the outbox in their order, sends, verifies, and only then
// calls them durable. Killed at any moment it goes on where it was. Never deletes an object.
// Engine's main thread, which it never blocks. Errors go to status(); a user is told once (needsUser).
#pragma once

#include "catalog/types/derivative.h"
#include "catalog/writer.h"
#include "offsite/options.h"
#include "offsite/status.h"

#include <QObject>
#include <functional>
#include <memory>

namespace gatehouse::offsite
{

// What the copier needs of others.
struct Surroundings {
    std::function<bool()> isArchiveThere; // the right disk, mounted
    QString cacheFolder;                  // holds posters and copies
    // Makes a clip's low-res copy, or finds it. Errors: Corrupt, Invalid or NotFound: never; others: later.
    std::function<QFuture<Result<catalog::Derivative>>(ItemId item)> makeLowRes;
};

class OffsiteCopier : public QObject
{
    Q_OBJECT

public:
    // From now on, added items get their rows in the outbox, as the options of the latest apply() say: call
    // it before the receiver starts. The clock must outlive the copier, the writer must too.
    OffsiteCopier(catalog::Writer &writer, Surroundings surroundings, const Clock &clock,
                  QObject *parent = nullptr);
    ~OffsiteCopier() override;

    // May also be called while it runs, whatever changes: another bucket gets everything again. Invalid
    // names the field: that of s3::Client::open(), "prefix" or "site"; nothing has changed then.
    Result<void> apply(const Options &options);
    // The connection opens now, not before.
    void start();
    // Transfers end at once; start() goes on with them.
    void stop();

    // Does not wait for the next try after failures.
    void tryNow();
    // What has failed for good is tried again.
    void retryFailed();

    [[nodiscard]] Status status() const;

Q_SIGNALS:
    void statusChanged(); // at most four times a second
    // Committed. `at`: UTC ms.
    void becameDurable(gatehouse::offsite::PartId part, qint64 at);
    // Nothing goes on until the user acts; the sentence says how. Once, until a request succeeds again.
    void needsUser(const QString &text);
    // A file of the archive is missing or no longer has the bytes that arrived; the sentence names it.
    void damageFound(gatehouse::ItemId item, const QString &text);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::offsite

Q_DECLARE_METATYPE(gatehouse::offsite::PartId)
