#include "ingest/file_owner.h"

#include "archive/layout.h"
#include "ingest/describe.h"

namespace gatehouse::ingest
{

namespace
{

// NotFound: there is none.
Result<AccountId> known(catalog::Writer &writer, const QString &user)
{
    return writer.account(user).result().map([](const catalog::Account &account) { return account.id; });
}

// The catalog lost the log-in: the evidence gets a home, the camera needs a new password.
Result<AccountId> knownOrMade(catalog::Writer &writer, const QString &user, const QString &cameraName)
{
    Result<AccountId> account = known(writer, user);
    if (account || account.error().kind != ErrorKind::NotFound)
        return account;
    catalog::Account fresh;
    fresh.user = user;
    fresh.enabled = false;
    Result<catalog::Camera> made = writer.addCamera(cameraName, fresh).result();
    if (!made && cameraName != user)
        made = writer.addCamera(user, fresh).result();
    return made.map([](const catalog::Camera &camera) { return camera.account; });
}

// A camera's folder is named for the user, and for what tells the user's cameras apart after a space.
Result<AccountId> accountOfFolder(catalog::Writer &writer, const QString &folder, QString &user)
{
    for (user = folder;;) {
        Result<AccountId> account = known(writer, user);
        const qsizetype space = user.lastIndexOf(QLatin1Char(' '));
        if (account || account.error().kind != ErrorKind::NotFound || space <= 0)
            return account;
        user.truncate(space);
    }
}

Result<FileOwner> ownerOfFolder(const QString &folder, const vendors::Meaning &meaning,
                                catalog::Writer &writer)
{
    QString user;
    const Result<AccountId> account = accountOfFolder(writer, folder, user);
    if (!account && account.error().kind != ErrorKind::NotFound)
        return tl::unexpected(account.error());
    if (account) {
        // What the rest of a name says of the camera is believed where its folder says the same.
        const bool fits = archive::safeFolderName(archiveFolder(user, meaning)) == folder;
        return FileOwner{*account, fits ? meaning.cameraKey : QString(), fits ? meaning.cameraName : folder};
    }
    return knownOrMade(writer, QStringLiteral("recovered"), folder).map([&](AccountId made) {
        return FileOwner{made, folder, folder};
    });
}

} // namespace

Result<FileOwner> ownerOf(const archive::Orphan &file, const vendors::Meaning &meaning,
                          catalog::FileList &list, catalog::Writer &writer)
{
    const archive::Placement &placement = file.placement;
    if (file.inJournal)
        return knownOrMade(writer, placement.account, placement.account).map([&](AccountId account) {
            return FileOwner{account, meaning.cameraKey, meaning.cameraName};
        });
    const auto sender = list.senderInto(placement.cameraFolder, placement.item);
    if (!sender)
        return tl::unexpected(sender.error());
    if (*sender)
        return FileOwner{(*sender)->account, (*sender)->cameraKey, meaning.cameraName};
    return ownerOfFolder(placement.cameraFolder, meaning, writer);
}

} // namespace gatehouse::ingest
