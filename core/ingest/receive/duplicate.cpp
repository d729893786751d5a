#include "ingest/receive/duplicate.h"

#include "base/futures.h"
#include "base/when_done.h"
#include "catalog/operations/add_item.h"
#include "catalog/types/removal_reasons.h"

namespace gatehouse::ingest
{

namespace
{

using catalog::Added;
using catalog::NewItem;
using Reply = SharedPromise<Result<Added>>;

// Callable on any thread, unlike whenDone() with a context, which must be called on the context's thread.
template<typename T, typename Continuation>
void goOn(const QFuture<T> &future, QObject *thread, Continuation continuation)
{
    if (!thread) {
        whenDone(future, std::move(continuation));
        return;
    }
    whenDone(future, [thread, continuation = std::move(continuation)](const T &result) {
        QMetaObject::invokeMethod(thread, [continuation, result] { continuation(result); });
    });
}

archive::Kept keptOf(const PlacedUpload &placed, const Added &added)
{
    archive::Kept kept{placed.placement,        added.kept.archive, added.kept.root,
                       added.kept.relativePath, placed.item.bytes,  placed.item.sha256};
    kept.placement.item = added.item;
    kept.placement.received = added.kept.received;
    kept.placement.modified.reset();
    kept.placement.cameraFolder = added.kept.relativePath.section(QLatin1Char('/'), 0, 0);
    return kept;
}

void settle(const PlacedUpload &placed, const Added &added, const Reply &reply)
{
    goOn(makeSure(placed, added), placed.thread, [placed, added, reply](const Result<bool> &sure) {
        if (sure) {
            placed.archive.remove(placed.item.id, placed.item.relativePath,
                                  catalog::reasonOf(catalog::KeptElsewhere::AsTheSameUpload));
            reply.resolve(added);
        } else if (sure.error().kind == ErrorKind::Cancelled) {
            reply.resolve(tl::unexpected(sure.error())); // the next start finds it
        } else {
            NewItem item = placed.item;
            item.besideTheSame = true;
            goOn(placed.writer.submit(catalog::AddItem{item}), placed.thread,
                 [reply](const Result<Added> &beside) { reply.resolve(beside); });
        }
    });
}

} // namespace

QFuture<Result<bool>> makeSure(const PlacedUpload &placed, const Added &added)
{
    const SharedPromise<Result<bool>> reply;
    goOn(placed.archive.makeSure(keptOf(placed, added), placed.item.relativePath), placed.thread,
         [placed, added, reply](const Result<bool> &restored) {
             if (!restored || !*restored) {
                 reply.resolve(restored);
                 return;
             }
             goOn(placed.writer.submit(catalog::MarkFileRestored{added.item, placed.archive.id()}),
                  placed.thread, [reply](const Result<void> &written) {
                      // NotFound: somebody deleted the item meanwhile, and with it these bytes.
                      const bool isFine = written || written.error().kind == ErrorKind::NotFound;
                      reply.resolve(isFine ? Result<bool>(true) : tl::unexpected(written.error()));
                  });
         });
    return reply.future();
}

QFuture<Result<Added>> addPlaced(const PlacedUpload &placed)
{
    const Reply reply;
    goOn(placed.writer.submit(catalog::AddItem{placed.item}), placed.thread,
         [placed, reply](const Result<Added> &added) {
             // It is the same file under another id: there is nothing to discard.
             if (added && added->duplicate && added->kept.relativePath != placed.item.relativePath)
                 settle(placed, *added, reply);
             else
                 reply.resolve(added);
         });
    return reply.future();
}

} // namespace gatehouse::ingest
