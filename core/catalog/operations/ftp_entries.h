// The rows of an account's FTP tree, so that it survives a restart. ingest::FtpTree alone decides how a
// change affects a tree; here single rows are put, moved and removed.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/camera.h"

namespace gatehouse::catalog
{

struct ReadFtpEntries {
    AccountId account;

    Result<QVector<FtpEntry>> run(WriteContext &context) const;
};

struct PutFtpEntry {
    AccountId account;
    FtpEntry entry;

    Result<void> run(WriteContext &context) const;
};

struct RemoveFtpEntry {
    AccountId account;
    QString path;

    Result<void> run(WriteContext &context) const;
};

// In order; an entry at a new path is replaced.
struct MoveFtpEntries {
    AccountId account;
    QVector<FtpMove> moves;

    Result<void> run(WriteContext &context) const;
};

// Returns how many were dropped.
struct ExpireFtpEntries {
    qint64 olderThan = 0; // UTC ms

    Result<int> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
