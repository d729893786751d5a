#include "app/engine/storage_feature.h"

#include "app/engine/engine_context.h"
#include "archive/archive.h"
#include "archive/archive_id.h"
#include "base/mount_points.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/event_gap.h"
#include "catalog/operations/salvage.h"
#include "catalog/reader_pool.h"
#include "catalog/types/archive_folder.h"
#include "catalog/writer.h"

#include <QDir>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr int kLookForRoomEveryMs = 5'000;

qint64 eventGapOf(const settings::Settings &settings)
{
    return qint64(settings.eventGapSeconds) * 1000;
}

bool isAmong(const QVector<catalog::ArchiveFolder> &known, const QString &id)
{
    return std::any_of(known.begin(), known.end(), [&](const auto &one) { return one.id == id; });
}

} // namespace

StorageFeature::StorageFeature(EngineContext &context)
    : m_context(context), m_ballast(context.options.paths.data)
{
    m_roomTimer.setInterval(kLookForRoomEveryMs);
    QObject::connect(&m_roomTimer, &QTimer::timeout, &m_roomTimer, [this] {
        recordRootOnceThere();
        lookForRoom();
    });
}

StorageFeature::~StorageFeature() = default;

Result<void> StorageFeature::start()
{
    const settings::Paths &paths = m_context.options.paths;
    for (const QString &folder : {paths.data, paths.config, paths.cache}) {
        if (!QDir().mkpath(folder))
            return fail(ErrorKind::Denied, tr("Can't create the folder %1").arg(folder));
    }
    reportRoom(m_ballast.keep());
    if (const auto opened = openCatalog(); !opened)
        return opened;
    const auto known = m_writer->submit(catalog::ReadArchives{}).result();
    if (!known)
        return tl::unexpected(known.error());
    if (const auto opened = openArchive(*known); !opened)
        return opened;
    if (m_context.options.receive)
        m_roomTimer.start();
    return {};
}

void StorageFeature::stop()
{
    m_roomTimer.stop();
    m_archive.reset();
    if (m_writer)
        m_writer->submit(catalog::ReadArchives{})
            .waitForFinished(); // after everything that was queued before
}

void StorageFeature::apply(const settings::Settings &settings)
{
    m_writer->submit(catalog::SetEventGap{eventGapOf(settings)});
    m_isArchiveElsewhere = !m_next.id.isEmpty();
    if (m_isArchiveElsewhere) // so that the next start waits for its disk if that is missing
        m_writer->submit(catalog::SetArchive{m_next.id, m_next.root});
}

// Blocks on disk, for a choice that is made once in years.
Result<void> StorageFeature::prepare(const settings::Settings &settings)
{
    m_next = {};
    const QString root = m_context.options.paths.archiveAt(settings.archiveFolder);
    if (root == m_archive->root())
        return {};
    return usableArchiveAt(root)
        .map([&](const QString &id) {
            m_next = {id, root};
        })
        .map_error([](Error error) {
            error.field = QStringLiteral("archive.folder");
            return error;
        });
}

// One of the catalog, or a new one in an empty folder. The catalog knows it before the settings name it:
// otherwise a crash or a refusal would leave a folder that seems to be another Gatehouse's.
Result<QString> StorageFeature::usableArchiveAt(const QString &root) const
{
    if (const QString point = unmountedAbove(root); !point.isEmpty())
        return fail(ErrorKind::Unavailable, tr("Nothing is mounted at %1. Mount the disk first").arg(point));
    const QString current = m_archive->root() + QLatin1Char('/');
    if (root.startsWith(current))
        return fail(ErrorKind::Invalid, tr("Choose a folder that is not inside the current one"));
    auto there = archive::readArchiveId(m_context.files, root);
    if (there) {
        const auto known = m_writer->submit(catalog::ReadArchives{}).result();
        if (!known)
            return tl::unexpected(known.error());
        if (isAmong(*known, there->id))
            return there->id;
        if (!archive::hasOnlyArchiveId(m_context.files, root))
            return fail(ErrorKind::Invalid,
                        tr("That folder has the recordings of another Gatehouse. Choose an "
                           "empty one"));
    } else {
        there = archive::makeArchiveId(m_context.files, m_context.clock, root);
        if (!there)
            return tl::unexpected(there.error());
    }
    return m_writer->submit(catalog::AddArchive{there->id, root}).result().map([&] { return there->id; });
}

bool StorageFeature::isArchiveAway() const
{
    const auto ready = m_archive->ready();
    return !ready && ready.error().kind == ErrorKind::Unavailable;
}

Result<void> StorageFeature::openCatalog()
{
    const QString path = m_context.options.paths.catalog();
    if (const auto finished = catalog::finishSalvage(path); !finished)
        return finished;
    catalog::WriterOptions options;
    options.databasePath = path;
    options.eventGap = eventGapOf(m_context.settings);
    auto writer = catalog::Writer::open(options, m_context.clock);
    if (!writer)
        return tl::unexpected(writer.error());
    m_writer = std::move(*writer);
    m_readers = std::make_unique<catalog::ReaderPool>(path);
    return {};
}

// A known archive is recognized by its identity, whatever its path. If none is found, waits for the most
// recent one: a new one would be created under a mount point, or next to the evidence.
Result<void> StorageFeature::openArchive(const QVector<catalog::ArchiveFolder> &known)
{
    archive::ArchiveOptions options;
    options.root = m_context.options.paths.archive();
    const auto there = archive::readArchiveId(m_context.files, options.root);
    if (!known.isEmpty())
        options.expectedId = there && isAmong(known, there->id) ? there->id : known.first().id;
    else if (const QString point = unmountedAbove(options.root); !there && !point.isEmpty())
        return fail(ErrorKind::Unavailable,
                    tr("Nothing is mounted at %1. Mount the archive disk").arg(point));
    auto opened = archive::Archive::open(options, m_context.files, m_context.clock, known.isEmpty());
    if (!opened)
        return tl::unexpected(opened.error());
    m_archive = std::move(*opened);
    // Not a root with another archive, or none: the recordings are still where they were.
    m_isRootRecorded = known.isEmpty() || (there && there->id == m_archive->id());
    if (!m_isRootRecorded)
        return {};
    return m_writer->submit(catalog::SetArchive{m_archive->id(), options.root}).result();
}

// Its disk may be mounted elsewhere than before, and only after the start.
void StorageFeature::recordRootOnceThere()
{
    if (m_isRootRecorded || m_isArchiveElsewhere || isArchiveAway())
        return;
    m_isRootRecorded = true;
    m_writer->submit(catalog::SetArchive{m_archive->id(), m_archive->root()});
}

void StorageFeature::lookForRoom()
{
    m_archive->run([this] {
        const bool hasRoom = m_ballast.keep();
        QMetaObject::invokeMethod(&m_roomTimer, [this, hasRoom] { reportRoom(hasRoom); });
    });
}

void StorageFeature::reportRoom(bool hasRoom)
{
    protocol::Problem full;
    full.key = QStringLiteral("room");
    full.settings = {QStringLiteral("retention.days"), QStringLiteral("archive.folder")};
    if (!hasRoom)
        full.text =
            tr("The disk that holds %1 is full. Free some space on it.").arg(m_context.options.paths.data);
    m_context.problems.set(full);
}

} // namespace gatehouse::app
