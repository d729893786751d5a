// Sends one object and makes sure that it arrived: looks whether it is there already where it may be, sends
// it in one piece or in parts (those that a killed run has sent stay), asks the server for size and checksum,
// and commits. Each step is recorded before the next, see I15. One thread, which it never blocks; deleting it
// stops what runs.
#pragma once

#include "catalog/writer.h"
#include "offsite/file_hash.h"
#include "offsite/outbox.h"
#include "s3/client.h"

#include <QObject>
#include <functional>

namespace gatehouse::offsite
{

// Up to here in one piece; bytes.
inline constexpr qint64 kMaxInOnePiece = 16 << 20;
// Of a longer file: small, so that little is lost, and nothing urgent waits long; a multiple of it where the
// server takes too few parts or none so small. 0: in one piece.
qint64 partSizeFor(qint64 bytes, const s3::ProviderProfile &profile);

struct TransferJob {
    Row row;
    QString key;
    QString file;           // absolute
    qint64 bytes = 0;       // of the original; 0: as long as the file is
    QByteArray sha256;      // that arrived; empty: of a derivative, which may be anything
    s3::PutOptions options; // metadata without sha256, which is added
};

struct TransferEnd {
    enum class How {
        Durable,
        Gone,        // its row is
        Damaged,     // the file is missing, or not what arrived; `error` says which
        NotRecorded, // the catalog cannot be written
        OtherStored, // the server has other bytes than were sent, or none
        KeyTaken,    // somebody else's object has this key
        Failed,
    };
    How how = How::Failed;
    qint64 at = 0; // when it became durable, UTC ms
    s3::S3Error error = {};
};

class ObjectTransfer : public QObject
{
    Q_OBJECT

public:
    ObjectTransfer(s3::Client &client, catalog::Writer &writer, FileHasher &hasher, const Clock &clock,
                   TransferJob job, QObject *parent = nullptr);
    ~ObjectTransfer() override;

    void start();
    [[nodiscard]] const TransferJob &job() const { return m_job; }
    [[nodiscard]] qint64 sent() const { return m_sent; } // bytes that the server has confirmed
    // Between two parts it waits, so that something urgent has the line to itself.
    void setHeld(bool held);

Q_SIGNALS:
    void progressed();
    // Last; deletes nothing.
    void ended(const gatehouse::offsite::TransferEnd &end);

private:
    using How = TransferEnd::How;

    template<typename T, typename Then>
    void request(QFuture<s3::Reply<T>> future, Then then);
    template<typename Then>
    void record(const QFuture<Result<bool>> &future, Then then);
    template<typename Then>
    void hashFirst(Then then);

    void lookFirst();
    void compare(const s3::ObjectInfo &found);
    void send();
    void sendWhole();
    void sendInParts();
    void listParts(int after);
    void createUpload();
    void nextPart();
    void complete();
    void verify(const QByteArray &etag);
    void keep(const QByteArray &etag);
    void failWith(const s3::S3Error &error);
    void end(How how, const s3::S3Error &error = {});
    void endAsDamaged(const QString &text);
    [[nodiscard]] bool isSame(const s3::ObjectInfo &found, const QByteArray &etag) const;
    [[nodiscard]] s3::PutOptions putOptions() const;

    s3::Client &m_client;
    catalog::Writer &m_writer;
    FileHasher &m_hasher;
    const Clock &m_clock;
    TransferJob m_job;
    FileHash m_hash; // parts are known once hashed
    bool m_isHashed = false;
    bool m_overwrites = false; // what is there under its key is not what was sent
    bool m_isHeld = false;
    bool m_waitsForLine = false;
    qint64 m_sent = 0;
    QMap<int, s3::UploadedPart> m_parts; // by number
    std::function<void()> m_cancel;
};

} // namespace gatehouse::offsite
