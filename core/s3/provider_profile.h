// What one S3 provider or server can do and costs: data, one file each in resources/s3, so that a new
// provider means a new file. See docs/recipes.md. Values; any thread.
#pragma once

#include "base/result.h"

#include <QDate>
#include <QString>
#include <QStringList>
#include <QVector>
#include <optional>

namespace gatehouse::s3
{

// List prices without tax, of the standard storage class; estimates, as of `checked`.
struct Prices {
    QDate checked;
    QString source;            // the page they are from
    QString currency;          // "USD"
    double storage = 0;        // per GB (10^9 bytes) and month
    double minimumMonthly = 0; // charged even if less is stored
    double writeRequests = 0;  // per 1000 PUT, POST and LIST
    double readRequests = 0;   // per 1000 GET and HEAD
    double egress = 0;         // per GB downloaded
};

struct ProviderProfile {
    enum class Addressing { Path, VirtualHost };

    QString id;     // the file's name: "backblaze-b2"
    QString name;   // for people: "Backblaze B2"
    QString about;  // what to know about it, for developers
    QString source; // where the capabilities are documented

    QString endpoint;    // "https://s3.{region}.example.com"; empty: the user's own server
    QStringList regions; // known ones; others may be entered
    QString
        defaultRegion; // to sign with when none is chosen; "" only if there is an endpoint to choose one for
    bool needsAccount = false; // {account} in the endpoint: Cloudflare's account id
    bool needsHttps = false;

    Addressing addressing = Addressing::Path;
    int listVersion = 2;            // 1 or 2
    bool urlEncodesLists = true;    // honours encoding-type=url
    bool etagIsMd5 = true;          // of an object in one piece
    bool multipartEtagIsMd5 = true; // the MD5 of the parts' MD5s, "-", their number
    int maxParts = 10'000;
    qint64 minPart = 5 << 20;     // bytes, but the last
    bool needsEqualParts = false; // but the last
    bool expectContinue = true;   // answers Expect: 100-continue
    bool objectLock = false;
    bool encryption = false;      // x-amz-server-side-encryption: AES256
    bool conditionalPut = false;  // If-None-Match: *
    QStringList storageClasses;   // besides the default
    int minimumStorageDays = 0;   // an object deleted earlier is charged for as many
    std::optional<Prices> prices; // none: the user's own server

    // Invalid names the file and the field.
    static Result<ProviderProfile> fromJson(const QString &id, const QByteArray &json);
    // All profiles that are compiled in, by name, "other" last.
    static Result<QVector<ProviderProfile>> loadAll();
    static Result<QVector<ProviderProfile>> loadFolder(const QString &folder);
    // Of those compiled in; NotFound.
    static Result<ProviderProfile> load(const QString &id);
};

// Of a multipart upload of so many bytes: the smallest that makes no more parts than the profile allows, at
// least its minimum, in whole MiB where that is too small. All parts but the last have this size.
qint64 partSize(const ProviderProfile &profile, qint64 bytes);

} // namespace gatehouse::s3
