// An engine's catalog and archive with the copy of the catalog's state, as they start, are lived with, and
// are lost. Test thread.
#pragma once

#include "archive/state_file.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "ingest/repair/state_backup.h"
#include "receiver.h"

namespace gatehouse::tests
{

inline const QString kCopies[] = {kRoot + QStringLiteral("/journal/state.1.json"),
                                  kRoot + QStringLiteral("/journal/state.2.json")};

template<typename T>
T waitFor(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        qFatal("the future was not resolved");
    return future.result();
}

// An engine's catalog and archive as they start, without its sockets.
struct Fixture : Receiver {
    Fixture(std::unique_ptr<CrashFileSystem> disk, const QString &database)
        : Receiver(std::move(disk), database, nullptr), readers(database),
          backup(*writer, readers, *archive, *files, database, matcher)
    {
    }

    Result<void> start()
    {
        const qint64 newest = (*catalog::FileList::open(path))->newestArrival().value_or(0);
        if (auto home = backup.restoreHome(newest == 0); !home)
            return home;
        return restoreMarks();
    }
    // As an engine does it, but for the thread.
    Result<void> restoreMarks()
    {
        const qint64 added = repair().added;
        return backup.marks().run(added, [] { return true; }).and_then([&] {
            return backup.marksAreBack(added);
        });
    }
    Result<void> save() { return waitFor(backup.save()); }
    [[nodiscard]] catalog::StateSnapshot state()
    {
        auto out = waitFor(readers.ask([](catalog::Reader &reader) { return reader.state(); })).value();
        out.revision = 0; // rises with every copy
        return out;
    }
    [[nodiscard]] QByteArray stateText() { return catalog::toJson(state()); }
    // Both, as they lie there.
    [[nodiscard]] QByteArray copy() const
    {
        QByteArray out;
        for (const QString &file : kCopies)
            out += files->read(file, 0, 1 << 20).value_or(QByteArray());
        return out;
    }
    void damage(const QString &file) const
    {
        QByteArray bytes = files->read(file, 0, 1 << 20).value();
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(files->remove(file));
        const auto fd = files->create(file);
        QVERIFY(files->write(*fd, bytes) && files->sync(*fd));
        files->close(*fd);
        QVERIFY(files->syncFolder(kRoot + QStringLiteral("/journal")));
    }
    // What the power cut of a lost catalog leaves: the files.
    [[nodiscard]] std::unique_ptr<CrashFileSystem> disk() const
    {
        return files->afterCrash(CrashFileSystem::Survives::OnlySynced, 1, std::make_shared<Power>());
    }

    catalog::ReaderPool readers;
    StateBackup backup;
};

inline std::unique_ptr<CrashFileSystem> emptyDisk()
{
    return std::make_unique<CrashFileSystem>(std::make_shared<Power>());
}

inline catalog::Item itemNamed(const Fixture &fixture, const QString &part)
{
    const auto items = fixture.items();
    for (const catalog::Item &item : items) {
        if (item.sourcePath.contains(part))
            return item;
    }
    qFatal("no such item");
}

// Three cameras of one recorder with all that a person may have decided of them.
inline void live(Fixture &fixture)
{
    QVERIFY(fixture.start());
    fixture.logIn();
    for (const char *path :
         {"/gate/snap/MDAlarm_20260612-095900.jpg", "/shed/snap/MDAlarm_20260612-095930.jpg",
          "/attic/snap/MDAlarm_20260612-095940.jpg", "/gate/snap/MDAlarm_20260612-093000.jpg",
          "/gate/snap/MDAlarm_20260612-093010.jpg", "/gate/snap/MDAlarm_20260612-090000.jpg"}) {
        fixture.clock.advance(2'000);
        QVERIFY(fixture.upload(QString::fromLatin1(path), path));
    }
    const auto gate = itemNamed(fixture, QStringLiteral("093000"));
    const auto shed = itemNamed(fixture, QStringLiteral("shed"));
    const auto attic = itemNamed(fixture, QStringLiteral("attic"));
    QVERIFY(gate.camera != shed.camera && shed.camera != attic.camera);
    QVERIFY(waitFor(fixture.writer->submit(catalog::SetCameraZone{gate.camera, "Asia/Tokyo"})));
    QVERIFY(
        waitFor(fixture.writer->submit(catalog::RenameCamera{gate.camera, QStringLiteral("Front gate")})));
    QVERIFY(waitFor(fixture.writer->submit(catalog::MergeCameras{attic.camera, shed.camera})));
    QVERIFY(waitFor(fixture.writer->submit(catalog::RenameCamera{shed.camera, QStringLiteral("attic")})));
    QVERIFY(waitFor(fixture.writer->submit(catalog::SetCameraOffset{shed.camera, 3'600'000, true})));
    QVERIFY(waitFor(fixture.writer->submit(catalog::SetProtected{shed.id, true})));
    QVERIFY(waitFor(fixture.writer->submit(
        catalog::SetReviewed{itemNamed(fixture, QStringLiteral("093000")).event, true})));
    const ItemId gone = itemNamed(fixture, QStringLiteral("090000")).id;
    QVERIFY(waitFor(fixture.writer->submit(catalog::RemoveItems{{gone}, QStringLiteral("Deleted by hand")})));
    fixture.collectGarbage();
}

// What a lost catalog leaves of such an archive: its files, with the copy of the state beside them.
inline std::unique_ptr<CrashFileSystem> savedDisk(const QString &database)
{
    Fixture fixture(emptyDisk(), database);
    live(fixture);
    if (!fixture.save())
        qFatal("the copy of the state was not written");
    return fixture.disk();
}

} // namespace gatehouse::tests
