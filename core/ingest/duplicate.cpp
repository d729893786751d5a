#include "ingest/duplicate.h"

#include "base/futures.h"
#include "catalog/removal_reasons.h"

namespace gatehouse::ingest
{

namespace
{

using catalog::Added;
using catalog::NewItem;
using Reply = Answer<Result<Added>>;

template<typename T, typename Continuation>
void goOn(QFuture<T> future, QObject *thread, Continuation continuation)
{
    if (thread)
        future.then(thread, std::move(continuation));
    else
        future.then(QtFuture::Launch::Sync, std::move(continuation));
}

archive::Kept keptOf(const Placing &placing, const Added &added)
{
    archive::Kept kept{placing.placement,       added.kept.archive, added.kept.root,
                       added.kept.relativePath, placing.item.bytes, placing.item.sha256};
    kept.placement.item = added.item;
    kept.placement.received = added.kept.received;
    kept.placement.cameraFolder = added.kept.relativePath.section(QLatin1Char('/'), 0, 0);
    return kept;
}

void settle(const Placing &placing, const Added &added, const Reply &reply)
{
    goOn(makeSure(placing, added), placing.thread, [placing, added, reply](const Result<bool> &sure) {
        if (sure) {
            placing.archive.remove(placing.item.id, placing.item.relativePath,
                                   catalog::reasonOf(catalog::KeptElsewhere::AsTheSameUpload));
            reply.resolve(added);
        } else if (sure.error().kind == ErrorKind::Cancelled) {
            reply.resolve(tl::unexpected(sure.error())); // the next start finds it
        } else {
            NewItem item = placing.item;
            item.besideTheSame = true;
            goOn(placing.writer.addItem(item), placing.thread,
                 [reply](const Result<Added> &beside) { reply.resolve(beside); });
        }
    });
}

} // namespace

QFuture<Result<bool>> makeSure(const Placing &placing, const Added &added)
{
    const Answer<Result<bool>> reply;
    goOn(placing.archive.makeSure(keptOf(placing, added), placing.item.relativePath), placing.thread,
         [placing, added, reply](const Result<bool> &restored) {
             if (!restored || !*restored) {
                 reply.resolve(restored);
                 return;
             }
             goOn(placing.writer.fileRestored(added.item, placing.archive.id()), placing.thread,
                  [reply](const Result<void> &written) {
                      // Gone: somebody removed it meanwhile, and with it these bytes.
                      const bool isFine = written || written.error().kind == ErrorKind::NotFound;
                      reply.resolve(isFine ? Result<bool>(true) : tl::unexpected(written.error()));
                  });
         });
    return reply.future();
}

QFuture<Result<Added>> addPlaced(const Placing &placing)
{
    const Reply reply;
    goOn(placing.writer.addItem(placing.item), placing.thread, [placing, reply](const Result<Added> &added) {
        // Its own file under another number: there is nothing to give up.
        if (added && added->duplicate && added->kept.relativePath != placing.item.relativePath)
            settle(placing, *added, reply);
        else
            reply.resolve(added);
    });
    return reply.future();
}

} // namespace gatehouse::ingest
