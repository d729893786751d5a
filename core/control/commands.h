// Commands to the engine by name, the same for the window (over the control socket), for the
// command-line subcommands and for an engine in this process. Every answer arrives as a future.
// Call from the thread that made it.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QJsonObject>
#include <QString>

namespace gatehouse::control
{

// name            arguments -> answer (times: UTC ms; ids: numbers)
// status          {} -> {engine, address[], port, receiver, clock, paused_until, archive{root, ready, reason,
//                        free, total}, examining, cameras, items, bytes, version, started,
//                        sessions, max_sessions, open_files_limit,
//                        refused_logins[]{user, peer, reason, count, first, last}: of the last day, newest
//                        first, problems[]: control/problem.h, starting: bool, rebuilding?} receiver and
//                        clock: what is the matter with them, in words; empty: nothing. starting: files that
//                        a crash left may not be in the catalog yet. rebuilding: files looked at by now, once
//                        that takes longer than a moment
// camera.add      {name, password?} -> {camera, user, password}   the password is shown this once
// camera.rename   {camera, name}
// camera.remove   {camera, evidence: bool, reason}
// camera.password {camera, password?} -> {user, password}
// camera.zone     {camera, zone}
// camera.offset   {camera, offset_ms} or {camera, learn: true}
// camera.tls      {camera, required?: bool, least?}   of its log-in: whether TLS only, and "1.0" to "1.3", or
// "" for
//                        the receiver's; what is left out stays
// camera.merge    {from, into}
// camera.split    {camera}
// item.remove     {items: [id], reason} -> {removed}
// item.protect    {item, protected}
// event.review    {event, reviewed}
// retention.confirm {}               deletion goes on after a rebuild
// receiver.pause  {minutes}           receiver.resume {}
// settings.get    {} -> settings      settings.set settings -> {}
// import.start    {folder, move: bool, account} -> {}   progress: signal "import"
// import.stop     {}
// archive.repair  {} -> {looked, added, recovered, removed, failed}   rows for files that have none
// catalog.repair  {} -> {damaged}   damaged: the engine ends, salvages the catalog and starts again
// catalog.salvaged {} -> {aside, kept{}, lost{}}   what came of it at this start; {}: nothing was to do
// quit            {}   from a client of any version (see kProtocolVersion)
class Commands
{
public:
    Commands() = default;
    Commands(const Commands &) = delete;
    Commands &operator=(const Commands &) = delete;
    virtual ~Commands() = default;

    virtual QFuture<Result<QJsonObject>> run(QString name, QJsonObject arguments) = 0;
};

} // namespace gatehouse::control
