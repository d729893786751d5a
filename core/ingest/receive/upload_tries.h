// The uploads under way, by name: a try that hung may die long after its camera came with the next one, and
// what there is of it is no news then. Network thread.
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
    bool isOvertaken = false; // the camera has begun a later try
    ItemId overtakenBy;       // and that is kept as this

    [[nodiscard]] bool isOfTheSame(const UploadTry &other) const
    {
        return account == other.account && path == other.path;
    }
};

class UploadTries
{
public:
    // Under way for as long as somebody holds it; the earlier ones of its name are overtaken.
    std::shared_ptr<UploadTry> begin(AccountId account, const QString &path);
    // It is kept whole: the earlier ones of its name learn as what.
    void kept(const UploadTry &whole, ItemId item);

private:
    QVector<std::weak_ptr<UploadTry>> m_tries; // oldest first
};

} // namespace gatehouse::ingest
