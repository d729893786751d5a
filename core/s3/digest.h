// SHA-256, MD5 and HMAC by OpenSSL, which hashes eight times as fast as Qt where the processor helps.
// Digests are raw bytes. Any thread; an object is for one thread at a time.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <memory>

namespace gatehouse::s3
{

// What a request declares about its body. Either may be empty: not known yet.
struct ContentHashes {
    QByteArray sha256; // 32 bytes
    QByteArray md5;    // 16 bytes

    [[nodiscard]] bool isComplete() const { return !sha256.isEmpty() && !md5.isEmpty(); }
};

// Computes the missing ones of both as the content goes by.
class ContentHasher
{
public:
    explicit ContentHasher(ContentHashes known = {});
    ~ContentHasher();
    Q_DISABLE_COPY_MOVE(ContentHasher)

    void add(QByteArrayView bytes);
    [[nodiscard]] ContentHashes finish(); // once

private:
    struct Private;
    std::unique_ptr<Private> d;
};

QByteArray sha256Of(QByteArrayView bytes);
QByteArray md5Of(QByteArrayView bytes);
QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);

} // namespace gatehouse::s3
