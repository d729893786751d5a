// Uploads in progress, by name: an attempt that hung may die long after its camera has started the next one,
// and its bytes are then old news. Network thread.
#pragma once

#include "base/ids.h"

#include <QString>
#include <QVector>
#include <memory>

namespace gatehouse::ingest
{

struct UploadTry {
    AccountId account;
    QString path;
    bool isOvertaken = false; // the camera has started a later attempt
    ItemId overtakenBy;       // the item of that attempt, once stored

    [[nodiscard]] bool isOfTheSame(const UploadTry &other) const
    {
        return account == other.account && path == other.path;
    }
};

class UploadTries
{
public:
    // In progress while the result is held; overtakes earlier attempts of the same name.
    std::shared_ptr<UploadTry> begin(AccountId account, const QString &path);
    // It is stored completely: tells earlier attempts of its name which item it became.
    void kept(const UploadTry &whole, ItemId item);

private:
    QVector<std::weak_ptr<UploadTry>> m_tries; // oldest first
};

} // namespace gatehouse::ingest
