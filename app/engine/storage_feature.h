// The catalog, the archive, and room on the catalog's disk. Engine's main thread.
#pragma once

#include "app/engine/ballast.h"
#include "app/engine/feature.h"
#include "catalog/types/archive_folder.h"

#include <QCoreApplication>
#include <QTimer>

namespace gatehouse::archive
{
class Archive;
}

namespace gatehouse::catalog
{
class ReaderPool;
class Writer;
struct ArchiveFolder;
} // namespace gatehouse::catalog

namespace gatehouse::app
{

struct EngineContext;

class StorageFeature final : public Feature
{
    Q_DECLARE_TR_FUNCTIONS(StorageFeature)

public:
    explicit StorageFeature(EngineContext &context);
    ~StorageFeature() override;

    // Opens what is there or makes it.
    Result<void> start() override;
    // Finishes everything the archive and the catalog were given; answers still arrive.
    void stop() override;
    // Another archive folder: it is there and usable, or refused.
    Result<void> prepare(const settings::Settings &settings) override;
    void apply(const settings::Settings &settings) override;

    // --- from start() on
    [[nodiscard]] catalog::Writer &writer() const { return *m_writer; }
    [[nodiscard]] catalog::ReaderPool &readers() const { return *m_readers; }
    [[nodiscard]] archive::Archive &archive() const { return *m_archive; } // to stop()
    // Its disk is not there now.
    [[nodiscard]] bool isArchiveAway() const;
    // The settings have another folder since start(): the engine has to start again.
    [[nodiscard]] bool isArchiveElsewhere() const { return m_isArchiveElsewhere; }

private:
    Result<void> openCatalog();
    Result<void> openArchive(const QVector<catalog::ArchiveFolder> &known);
    Result<QString> usableArchiveAt(const QString &root) const; // its id, known to the catalog
    void recordRootOnceThere();
    void lookForRoom();
    void reportRoom(bool hasRoom);

    EngineContext &m_context;
    const Ballast m_ballast;
    // Destroyed in reverse order: the catalog outlives everything that still writes to it.
    std::unique_ptr<catalog::Writer> m_writer;
    std::unique_ptr<catalog::ReaderPool> m_readers;
    std::unique_ptr<archive::Archive> m_archive;
    QTimer m_roomTimer;
    catalog::ArchiveFolder m_next; // prepared; empty: the open one
    bool m_isArchiveElsewhere = false;
    bool m_isRootRecorded = false; // the catalog has that of the open archive
};

} // namespace gatehouse::app
