#include "ingest/repair/file_owner.h"

#include "archive/layout.h"
#include "catalog/operations/cameras.h"
#include "ingest/receive/new_item.h"

namespace gatehouse::ingest
{

// NotFound: no such account.
Result<AccountId> FileOwners::known(const QString &user)
{
    if (const auto found = m_accounts.constFind(user); found != m_accounts.cend())
        return *found;
    return m_writer.submit(catalog::FindAccount{user}).result().map([&](const catalog::Account &account) {
        m_accounts.insert(user, account.id);
        return account.id;
    });
}

// The catalog lost the login: the evidence gets an account, the camera needs a new password.
Result<AccountId> FileOwners::knownOrMade(const QString &user, const QString &cameraName)
{
    Result<AccountId> account = known(user);
    if (account || account.error().kind != ErrorKind::NotFound)
        return account;
    catalog::Account fresh;
    fresh.user = user;
    fresh.enabled = false;
    Result<catalog::Camera> made = m_writer.submit(catalog::AddCamera{cameraName, fresh}).result();
    if (!made && cameraName != user)
        made = m_writer.submit(catalog::AddCamera{user, fresh}).result();
    if (!made) { // created meanwhile by a login
        if (const Result<AccountId> others = known(user))
            return others;
    }
    return made.map([](const catalog::Camera &camera) { return camera.account; });
}

// A camera's folder is named after the user, followed by a space and what distinguishes the user's cameras.
Result<AccountId> FileOwners::accountOfFolder(const QString &folder, QString &user)
{
    for (user = folder;;) {
        Result<AccountId> account = known(user);
        const qsizetype space = user.lastIndexOf(QLatin1Char(' '));
        if (account || account.error().kind != ErrorKind::NotFound || space <= 0)
            return account;
        user.truncate(space);
    }
}

Result<FileOwner> FileOwners::ownerOfFolder(const QString &folder, const vendors::PathMetadata &metadata)
{
    QString user;
    const Result<AccountId> account = accountOfFolder(folder, user);
    if (!account && account.error().kind != ErrorKind::NotFound)
        return tl::unexpected(account.error());
    if (account) {
        // The rest of a name is trusted about the camera if the folder agrees.
        const bool fits = archive::safeFolderName(archiveFolder(user, metadata)) == folder;
        return FileOwner{*account, fits ? metadata.cameraKey : QString(), fits ? metadata.cameraName : folder,
                         true};
    }
    return knownOrMade(QStringLiteral("recovered"), folder).map([&](AccountId made) {
        return FileOwner{made, folder, folder, true};
    });
}

Result<std::optional<catalog::Sender>> FileOwners::senderInto(const archive::Placement &placement)
{
    if (const auto found = m_senders.constFind(placement.cameraFolder); found != m_senders.cend())
        return std::optional(*found);
    auto sender = m_list.senderInto(placement.cameraFolder, placement.item);
    if (sender && *sender)
        m_senders.insert(placement.cameraFolder, **sender);
    return sender;
}

Result<FileOwner> FileOwners::ownerOf(const archive::Orphan &file, const vendors::PathMetadata &metadata)
{
    const archive::Placement &placement = file.placement;
    if (file.inJournal)
        return knownOrMade(placement.account, placement.account).map([&](AccountId account) {
            return FileOwner{account, metadata.cameraKey, metadata.cameraName};
        });
    const auto sender = senderInto(placement);
    if (!sender)
        return tl::unexpected(sender.error());
    if (*sender)
        return FileOwner{(*sender)->account, (*sender)->cameraKey, metadata.cameraName};
    return ownerOfFolder(placement.cameraFolder, metadata);
}

} // namespace gatehouse::ingest
