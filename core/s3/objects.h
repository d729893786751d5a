// What requests about objects take and give. Keys are UTF-8 as text; times are UTC ms since 1970; ETags and
// upload ids are as the server gave them, ETags without quotes. Values.
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QVector>
#include <optional>

namespace gatehouse::s3
{

struct Retention {
    enum class Mode { Governance, Compliance };
    Mode mode = Mode::Governance;
    qint64 until = 0; // to the second

    bool operator==(const Retention &) const = default;
};

struct PutOptions {
    QByteArray contentType = "application/octet-stream";
    QMap<QByteArray, QByteArray> metadata = {}; // names in lower case; printable ASCII, 2 kB in all
    QByteArray storageClass = {};               // empty: the bucket's default
    bool encrypts = false;                      // by the server's own key (SSE-S3)
    std::optional<Retention> retention = {};
    bool onlyIfAbsent = false; // otherwise ConditionFailed; where the server ignores it, it overwrites
    bool isUrgent = false;     // goes before whatever waits and is not
};

struct StoredObject {
    QByteArray etag;
    QByteArray versionId = {}; // empty: the bucket keeps no versions
    // The server's ETag is the MD5 of what was sent. False: it gave none, or one that says nothing; only
    // headObject() or reading it back tells whether it is there.
    bool isVerified = false;
};

struct UploadedPart {
    int number = 0; // 1 to 10,000
    QByteArray etag;
    QByteArray md5 = {}; // raw; empty: from a listing
    qint64 size = 0;     // bytes
};

struct ObjectInfo {
    qint64 size = 0; // of the whole object
    QByteArray etag = {};
    qint64 modified = 0;
    QByteArray contentType = {};
    QMap<QByteArray, QByteArray> metadata = {};
    QByteArray storageClass = {}; // empty: standard
    bool isEncrypted = false;
    std::optional<Retention> retention = {}; // as the server confirms it
    QByteArray versionId = {};
};

struct ByteRange {
    qint64 first = 0;
    qint64 length = 0; // > 0; ends with the object
};

struct FetchedObject {
    ObjectInfo info;
    QByteArray bytes = {}; // empty where a sink took them
};

struct ListRequest {
    QString prefix = {};
    QString delimiter = {};  // "/": one level; folders are then in `prefixes`
    QString startAfter = {}; // the first page begins after this key
    QByteArray token = {};   // of the page before
    int maxKeys = 1000;
};

struct ListedObject {
    QString key;
    qint64 size = 0;
    QByteArray etag = {};
    qint64 modified = 0;
    QByteArray storageClass = {};
};

struct ListPage {
    QVector<ListedObject> objects;
    QStringList prefixes;
    QByteArray nextToken; // empty: the last page
};

struct PartPage {
    QVector<UploadedPart> parts;
    int nextMarker = 0; // 0: the last page
};

struct PendingUpload {
    QString key;
    QByteArray uploadId;
    qint64 started = 0;
};

struct UploadPage {
    QVector<PendingUpload> uploads;
    QString nextKeyMarker; // empty: the last page
    QByteArray nextUploadIdMarker;
};

struct DeletedObject {
    QByteArray versionId = {};
    bool isMarker = false; // the bucket keeps versions: the object is hidden, not gone
};

} // namespace gatehouse::s3
