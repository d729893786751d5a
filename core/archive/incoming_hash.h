// SHA-256 of a file being received, and whether it starts with an earlier upload's bytes. Small chunks are
// hashed at once; from the first large one on, a file is hashed on the archive's hashing thread, so that the
// storage thread writes meanwhile. Neither waits for the other before the results are needed.
// Calls: the file's storage thread.
#pragma once

#include "archive/hasher.h"
#include "archive/storage_thread.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace gatehouse::archive
{

class IncomingHash
{
public:
    IncomingHash(StorageThread &hashing, qint64 prefixBytes, QByteArray prefixSha256);

    // `owner` keeps `bytes` alive, perhaps for longer than this object lives.
    void add(QByteArrayView bytes, const std::shared_ptr<const void> &owner);
    // Bytes that nobody keeps alive: before any others.
    void addNow(QByteArrayView bytes);

    // Once everything added has been hashed: they wait for it.
    [[nodiscard]] QByteArray sha256() const;
    [[nodiscard]] bool prefixMatches() const;

private:
    // Outlives a discarded file while the hashing thread works on it.
    struct State {
        void add(QByteArrayView bytes);
        void finishChunk();
        void waitUntilIdle();

        qint64 prefixBytes = 0;
        QByteArray prefixSha256;
        // Used by whichever thread hashes.
        Hasher hasher;
        qint64 bytes = 0;
        bool prefixMatches = false;

        std::mutex mutex; // of the rest
        std::condition_variable idle;
        int waiting = 0; // chunks
    };

    StorageThread &m_hashing;
    const std::shared_ptr<State> m_state = std::make_shared<State>();
    bool m_isHandedOver = false; // to the hashing thread
};

} // namespace gatehouse::archive
