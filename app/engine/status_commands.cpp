#include "app/engine/catalog_repairs.h"
#include "app/engine/copy_feature.h"
#include "app/engine/engine_commands.h"
#include "app/engine/examination_feature.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/own_clock.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/retention_feature.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "base/version.h"
#include "catalog/reader_pool.h"
#include "ingest/examiner.h"
#include "ingest/receive/ftp_backend.h"
#include "protocol/engine.h"

#include <QCoreApplication>
#include <QSet>

namespace gatehouse::app
{

namespace
{

using protocol::Status;

protocol::ArchiveStatus archiveStatus(Engine &engine, const Result<Space> &space)
{
    const auto ready = engine.storage().archive().ready();
    protocol::ArchiveStatus out;
    out.root = engine.storage().archive().root();
    out.isReady = ready.has_value();
    if (!ready) {
        out.reason = ready.error().text;
        out.isFull = ready.error().kind == ErrorKind::Full;
    }
    if (space) {
        out.free = space->free;
        out.total = space->total;
    }
    return out;
}

struct Totals {
    qint64 cameras = 0;
    QSet<QString> users;
    QVector<catalog::Camera> list;
    qint64 items = 0;
    qint64 bytes = 0;
};

protocol::CameraFault clockFault(const catalog::Camera &camera)
{
    protocol::CameraFault out;
    out.kind = FaultKind::ClockUnset;
    out.user = camera.user;
    out.camera = camera.id;
    out.first = camera.clockUnsetSince;
    out.last = camera.lastReceived;
    return out;
}

Result<Totals> totalsOf(catalog::Reader &reader)
{
    return reader.cameras().map([](const QVector<catalog::Camera> &cameras) {
        Totals out;
        out.cameras = cameras.size();
        out.list = cameras;
        for (const catalog::Camera &camera : cameras) {
            out.users.insert(camera.user);
            out.items += camera.items;
            out.bytes += camera.bytes;
        }
        return out;
    });
}

// While this PC's clock is doubted, nothing can be said about the cameras'.
void addClocks(Status &status, const QVector<catalog::Camera> &cameras, qint64 now)
{
    if (!status.clock.isEmpty())
        return;
    const OwnClock own(cameras, now);
    if (!own.trouble().isEmpty())
        status.problems.append(protocol::Problem{QStringLiteral("clock"), own.trouble(), own.since()});
    for (const catalog::Camera &camera : cameras) {
        if (camera.clockUnsetSince != 0 && !own.excuses(camera))
            status.faults.append(clockFault(camera));
    }
}

// The part that needs neither the disk nor the catalog.
Status statusNow(Engine &engine)
{
    Status out;
    out.pid = QCoreApplication::applicationPid();
    out.version = buildVersion();
    out.started = engine.context().started;
    for (const QHostAddress &address : engine.receiver().listening())
        out.addresses.append(address.toString());
    out.port = engine.receiver().port();
    out.receiver = engine.receiver().trouble();
    out.clock = engine.retention().clockTrouble();
    out.pausedUntil = engine.ingest().backend().pausedUntil();
    out.examining = engine.examination().examiner().waiting();
    out.copyBytes = engine.copies().bytes();
    out.sessions = engine.receiver().sessions();
    out.maxSessions = engine.receiver().descriptors().sessions();
    out.openFilesLimit = int(engine.receiver().descriptors().now());
    out.refusedLogIns = engine.receiver().watch().refusedLogIns();
    out.refusedUploads = engine.receiver().watch().refusedUploads();
    out.tests = engine.receiver().watch().tests();
    out.isStarting = engine.repair().repairs().isStarting();
    out.rebuilding = engine.repair().repairs().rebuilding();
    out.problems = engine.context().problems.all();
    return out;
}

Replied<Status> status(Engine &engine)
{
    const auto totals = engine.storage().readers().ask(totalsOf);
    const SharedPromise<Result<Status>> answer;
    whenDone(engine.storage().archive().space(), &engine,
             [&engine, totals, answer](const Result<Space> &space) {
                 whenDone(totals, &engine, [&engine, space, answer](const Result<Totals> &counted) {
                     if (!counted && counted.error().kind == ErrorKind::Corrupt)
                         engine.repair().repairs().setDamage(counted.error().text);
                     Status out = statusNow(engine);
                     out.archive = archiveStatus(engine, space);
                     const Totals known = counted.value_or(Totals());
                     out.faults = engine.receiver().watch().faults(known.users);
                     addClocks(out, known.list, engine.context().clock.now());
                     if (counted) {
                         out.cameras = counted->cameras;
                         out.items = counted->items;
                         out.bytes = counted->bytes;
                     }
                     answer.resolve(out);
                 });
             });
    return answer.future();
}

} // namespace

void addStatusCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::GetStatus>([&engine](const protocol::GetStatus &) { return status(engine); });
}

} // namespace gatehouse::app
