// What receives, without its sockets: backend, archive and catalog on a disk that may lose its memory, and
// the steps the tests take with it. Test thread.
#pragma once

#include "catalog/operations/archives.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/reader.h"
#include "catalog/types/garbage.h"
#include "fakes/crash_file_system.h"
#include "fakes/hooked_file_system.h"
#include "fakes/set_clock.h"
#include "ingest/receive/ftp_backend.h"
#include "ingest/repair/repair.h"

#include <QPasswordDigestor>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::tests
{

using namespace gatehouse::ingest;

inline constexpr qint64 kTenOClock = 1'781'258'400'000; // 2026-06-12T10:00:00Z
inline const QString kRoot = QStringLiteral("/disk/archive");
inline const QString kNvr = QStringLiteral("nvr");

struct Receiver {
    Receiver(std::unique_ptr<CrashFileSystem> disk, const QString &databasePath, const char *vfs)
        : files(std::move(disk)), hooked(*files), path(databasePath), clock(kTenOClock)
    {
        catalog::WriterOptions options;
        options.databasePath = path;
        options.defaultZone = "UTC";
        options.vfs = vfs;
        auto opened = catalog::Writer::open(options, clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text));
        writer = std::move(*opened);
        archive = std::move(*archive::Archive::open({kRoot, 2}, hooked, clock, true));
        writer->submit(catalog::SetArchive{archive->id(), kRoot}).waitForFinished();
        backend = std::make_unique<FtpBackend>(*writer, *archive, matcher, clock,
                                               FtpBackendOptions{false, qint64(1) << 30});
    }
    ~Receiver()
    {
        archive.reset(); // its answers go to the backend
        writer->submit(catalog::ReadArchives{}).waitForFinished();
    }

    void logIn()
    {
        catalog::Account account;
        account.user = kNvr;
        account.salt = "0123456789abcdef";
        account.iterations = 1; // tests log in often
        account.hash = QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha256, "secret", account.salt,
                                                          account.iterations, 32);
        if (!writer->submit(catalog::FindAccount{kNvr}).result())
            QVERIFY(writer->submit(catalog::AddCamera{QStringLiteral("Recorder"), account}).result());
        const auto here = std::make_shared<int>();
        const auto in = backend->logIn(kNvr, "secret", QHostAddress::LocalHost, here);
        QTRY_VERIFY_WITH_TIMEOUT(in.isFinished(), 30'000);
        QVERIFY(in.result());
        m_account = *in.result();
    }
    [[nodiscard]] AccountId account() const { return m_account; }
    // Null: it was refused.
    std::unique_ptr<ftp::Upload> begin(const QString &sourcePath, const QByteArray &first)
    {
        ftp::UploadRequest request;
        request.account = m_account;
        request.path = sourcePath;
        request.peer = QHostAddress::LocalHost;
        auto begun = backend->beginUpload(request);
        if (!begun)
            return nullptr;
        (*begun)->write(first);
        return std::move(*begun);
    }
    // True: 226.
    bool upload(const QString &sourcePath, const QByteArray &bytes)
    {
        const auto begun = begin(sourcePath, bytes);
        if (!begun)
            return false;
        const auto done = begun->finish(ftp::UploadEnd::Complete);
        return QTest::qWaitFor([&] { return done.isFinished(); }, 30'000) && done.result().has_value();
    }
    RepairReport repair()
    {
        Repair repair(*writer, *archive, *files, path, matcher);
        if (!repair.lookAtStart() || !repair.removeLeftOvers())
            return {};
        return repair.repairNewest([] { return true; }).value_or(RepairReport());
    }
    void collectGarbage()
    {
        const auto pending = writer->submit(catalog::ReadGarbage{}).result();
        for (const catalog::Garbage &garbage : *pending) {
            QVERIFY(archive->remove(garbage.item, garbage.relativePath, garbage.reason, garbage.duration)
                        .result());
            QVERIFY(writer->submit(catalog::ForgetGarbage{{garbage.item}}).result());
        }
    }
    // As if it had been placed there and not been written down.
    void put(const QString &relativePath, const QByteArray &bytes)
    {
        const QString to = kRoot + QLatin1Char('/') + relativePath;
        static_cast<void>(files->remove(to));
        const auto fd = files->create(to);
        QVERIFY(fd && files->write(*fd, bytes));
        files->close(*fd);
    }
    QVector<catalog::Item> items() const
    {
        return (*catalog::Reader::open(path))->items({}).value_or(QVector<catalog::Item>());
    }
    [[nodiscard]] QByteArray bytesOf(const catalog::Item &item) const
    {
        return files->read(item.path, 0, 1 << 20).value_or(QByteArray());
    }
    [[nodiscard]] QByteArray journal() const
    {
        QByteArray out;
        for (const QString &file : filesBelow(QStringLiteral("/journal")))
            out += files->read(kRoot + file, 0, 1 << 20).value_or(QByteArray());
        return out;
    }
    QStringList filesBelow(const QString &folder) const
    {
        QStringList out;
        const QStringList names = files->list(kRoot + folder).value_or(QStringList());
        for (const QString &name : names) {
            const QString below = folder + QLatin1Char('/') + name;
            const auto stat = files->stat(kRoot + below);
            stat && stat->isFolder ? void(out += filesBelow(below)) : out.append(below);
        }
        return out;
    }

    std::unique_ptr<CrashFileSystem> files;
    HookedFileSystem hooked; // what the archive writes with
    const QString path;
    SetClock clock;
    std::shared_ptr<const vendors::Matcher> matcher = *vendors::Matcher::load();
    std::unique_ptr<catalog::Writer> writer;
    std::unique_ptr<archive::Archive> archive;
    std::unique_ptr<FtpBackend> backend;

private:
    AccountId m_account;
};

// One with a camera that is logged in, on an empty disk; its catalog in the folder.
inline std::unique_ptr<Receiver> makeReceiver(const QTemporaryDir &folder)
{
    auto out = std::make_unique<Receiver>(std::make_unique<CrashFileSystem>(std::make_shared<Power>()),
                                          folder.filePath(QStringLiteral("catalog.db")), nullptr);
    out->logIn();
    return out;
}

} // namespace gatehouse::tests
